/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the filter as the kernel does. */
final class SyscallFilterTest {

    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int X86_64 = 0xc000003e;
    private static final int AARCH64 = 0xc00000b7;

    private static Optional<byte[]> program(String machine) throws IOException {
        try (BufferedReader list = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SyscallFilterTest.class.getResourceAsStream("/jail/syscalls.txt"))))) {
            return SyscallFilter.bytes(list, machine);
        }
    }

    private static int decide(byte[] program, int machine, int number, long first, long second) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(machine).putLong(0).putLong(first).putLong(second);
        ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int operation = code.getShort(8 * at);
            int yes = code.get(8 * at + 2) & 0xff;
            int no = code.get(8 * at + 3) & 0xff;
            int value = code.getInt(8 * at + 4);
            switch (operation) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x15 -> at += accumulator == value ? yes : no;
                case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? yes : no;
                case 0x45 -> at += (accumulator & value) != 0 ? yes : no;
                case 0x06 -> {
                    return value;
                }
                default -> throw new AssertionError("operation " + operation);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "socket, 41, 198",
        "connect, 42, 203",
        "bind, 49, 200",
        "fork, 57, -1",
        "vfork, 58, -1",
        "ptrace, 101, 117",
        "mount, 165, 40",
        "unshare, 272, 97",
        "setns, 308, 268",
        "bpf, 321, 280",
        "userfaultfd, 323, 282",
        "process_vm_readv, 310, 270",
        "chmod, 90, -1",
        "fchmodat, 268, 53",
        "fchownat, 260, 54",
        "utimensat, 280, 88",
        "setxattr, 188, 5",
        "truncate, 76, 45",
        "memfd_create, 319, 279",
        "keyctl, 250, 219",
        "inotify_init1, 294, 26",
        "perf_event_open, 298, 241",
        "sched_setaffinity, 203, 122",
        "sendmsg, 46, 211"
    })
    void refusesWhatReachesOut(String name, int onX86, int onArm) throws IOException {
        assertThat(decide(program("amd64").orElseThrow(), X86_64, onX86, 0, 0))
                .as(name)
                .isEqualTo(EPERM);
        if (onArm >= 0) {
            assertThat(decide(program("aarch64").orElseThrow(), AARCH64, onArm, 0, 0))
                    .as(name)
                    .isEqualTo(EPERM);
        }
    }

    @ParameterizedTest
    @CsvSource({"425", "435", "434", "438", "450", "600"})
    void sendsYoungCallsBackToOlderOnes(int number) throws IOException {
        assertThat(decide(program("amd64").orElseThrow(), X86_64, number, 0, 0)).isEqualTo(ENOSYS);
        assertThat(decide(program("aarch64").orElseThrow(), AARCH64, number, 0, 0))
                .isEqualTo(ENOSYS);
    }

    @Test
    void letsThreadsStartButNoProcessAndNoNamespace() throws IOException {
        byte[] program = program("amd64").orElseThrow();
        long thread = 0x3d0f00;
        assertThat(decide(program, X86_64, 56, thread, 0)).isEqualTo(ALLOW);
        assertThat(decide(program, X86_64, 56, 0x11, 0)).isEqualTo(EPERM);
        assertThat(decide(program, X86_64, 56, thread | 0x10000000, 0)).isEqualTo(EPERM);
        assertThat(decide(program("aarch64").orElseThrow(), AARCH64, 220, thread, 0))
                .isEqualTo(ALLOW);
    }

    @Test
    void limitsAndSettingsOnlyOfItself() throws IOException {
        byte[] program = program("amd64").orElseThrow();
        assertThat(decide(program, X86_64, 302, 0, 0)).isEqualTo(ALLOW);
        assertThat(decide(program, X86_64, 302, 4711, 0)).isEqualTo(EPERM);
        assertThat(decide(program, X86_64, 157, 15, 0)).isEqualTo(ALLOW);
        assertThat(decide(program, X86_64, 157, 1, 0)).as("death signal").isEqualTo(EPERM);
        assertThat(decide(program, X86_64, 16, 0, 0x5412))
                .as("typing into a terminal")
                .isNotEqualTo(ALLOW);
        assertThat(decide(program, X86_64, 53, 1, 0)).isEqualTo(ALLOW);
        assertThat(decide(program, X86_64, 53, 2, 0)).isEqualTo(EPERM);
    }

    @Test
    void endsAProcessThatSpeaksForAnotherMachine() throws IOException {
        assertThat(decide(program("amd64").orElseThrow(), 0x40000003, 3, 0, 0)).isEqualTo(0x80000000);
        assertThat(decide(program("amd64").orElseThrow(), X86_64, 0x40000000 | 1, 0, 0))
                .isEqualTo(EPERM);
    }

    @Test
    void readsAndWritesFiles() throws IOException {
        assertThat(decide(program("amd64").orElseThrow(), X86_64, 0, 0, 0)).isEqualTo(ALLOW);
        assertThat(decide(program("aarch64").orElseThrow(), AARCH64, 63, 0, 0)).isEqualTo(ALLOW);
    }

    @Test
    void knowsNoOtherMachine() throws IOException {
        assertThat(program("riscv64")).isEmpty();
    }
}
