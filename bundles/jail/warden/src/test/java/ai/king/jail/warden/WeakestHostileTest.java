/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

final class WeakestHostileTest extends HostileTest {

    WeakestHostileTest() {
        super("T1");
    }
}
