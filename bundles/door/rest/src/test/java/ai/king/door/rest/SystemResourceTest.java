/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.brain.Planner;
import ai.king.inferences.Inferences;
import ai.king.plug.Generation;
import ai.king.plug.Plugs;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SystemResourceTest {

    private static Door door;

    @BeforeAll
    static void open() {
        door = new Door();
    }

    @AfterAll
    static void close() {
        door.close();
    }

    private static Object service(Class<?> type, Map<String, Object> answers) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answers.getOrDefault(method.getName(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"true,REACT,REACT", "true,PLAYBOOK,PLAYBOOK", "false,REACT,PLAYBOOK", "false,PLAYBOOK,PLAYBOOK"})
    void theModeIsReactWhereAModelChatsAndAPlannerUsesIt(boolean chats, String planner, String mode) {
        Generation generation = new Generation(
                "g", Planner.class.getSimpleName(), "any", "any", "1", 1, Map.of("king.brain.mode", planner));
        door.engines
                .with(Inferences.class, (Inferences) service(Inferences.class, Map.of("canChat", chats)))
                .with(Plugs.class, (Plugs) service(Plugs.class, Map.of("current", List.of(generation))));
        Door.Answer system = door.get("viewer", "/system");
        assertThat(system.text()).contains("\"mode\":\"" + mode + "\"");
    }
}
