/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import java.util.List;

/**
 * One way to confine a program on this machine.
 *
 * @param tier what it is called
 * @param user who the program runs as
 * @param wall what stands around it
 */
record Confinement(Tier tier, User user, Wall wall) {

    /** From weakest to strongest; the names are those of the tiers table in the README. */
    enum Tier {
        T1,
        T2,
        T3
    }

    /** Who a jailed program is. */
    enum User {
        /** A number of its own for each program; only root can give it. */
        OWN_NUMBER,
        /** The user of the platform. */
        PLATFORM
    }

    /** What makes the command. */
    @FunctionalInterface
    interface Wall {
        /** The command that runs the program in the cell. */
        List<String> command(Cell.Plan plan, List<String> program);
    }

    List<String> command(Cell.Plan plan, List<String> program) {
        return wall.command(plan, program);
    }
}
