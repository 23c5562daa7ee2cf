/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

final class StrongestHostileTest extends HostileTest {

    StrongestHostileTest() {
        super("T3");
    }
}
