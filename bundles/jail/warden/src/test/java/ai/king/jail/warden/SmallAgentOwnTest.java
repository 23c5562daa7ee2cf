/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comes along with the candidate and sees what is package-private in it. */
final class SmallAgentOwnTest {

    @Test
    void greetsAsConfigured() {
        SmallAgent agent = new SmallAgent();
        agent.activate(Map.of("greeting", "hi"));
        assertThat(agent.greeting()).isEqualTo("hi");
    }
}
