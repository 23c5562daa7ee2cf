/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.Task;
import ai.king.evolution.Jail.Resident;
import ai.king.kit.FakeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A platform that will be killed while its jailed agent is busy. */
final class Doomed {

    private Doomed() {}

    public static void main(String[] arguments) throws Exception {
        Path bundle = Path.of(arguments[1]);
        Warden warden = Wardens.with(Map.of("strongest", arguments[0]));
        Resident resident = warden.house(bundle, Map.of(), "test");
        resident.agent().perform(new Task("1", "", "", Map.of(), Map.of(), List.of()), new FakeContext());
        System.out.write('!');
        System.out.flush();
        resident.agent().perform(new Task("2", "stubborn", "", Map.of(), Map.of(), List.of()), new FakeContext());
    }
}
