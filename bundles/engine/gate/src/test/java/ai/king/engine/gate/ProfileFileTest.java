/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ProfileFileTest {

    private static String site() throws IOException {
        return Files.readString(TestGate.profiles());
    }

    @Test
    void readsTheProfilesOfTheSite() throws IOException {
        ProfileFile file = ProfileFile.parse(site());

        assertThat(file.preset()).isEqualTo("moderate");
        assertThat(file.profiles()).containsOnlyKeys("conservative", "moderate", "aggressive");
        assertThat(file.profiles().get("moderate").maxSpendWithoutApproval()).isEqualByComparingTo("500");
    }

    @Test
    void saysLineAndReasonOfWhatIsWrong() throws IOException {
        refused(site().replace("max_daily_transactions: 50", "max_daily_transactions: -1"), "at least 0");
        refused(site().replace("max_daily_transactions: 50", "max_daily_transactions: many"), "line");
        refused(site().replace("[all]", "[everything]"), "everything");
        refused(site().replace("default: moderate", "default: bold"), "bold");
        refused(site().replace("circuit_breaker_sensitivity: low", "circuit_breaker_sensitivity: none"), "none");
        refused(site().replace("max_daily_transactions: 50", "max_daily_trasactions: 50"), "max_daily_transactions");
        refused(site().replace("max_daily_transactions: 50", "max_daily_transactions: 50\n    more: 1"), "more");
        refused(site() + "  moderate:\n    max_spend_without_approval: 9\n", "moderate");
        refused("profiles: [", "line");
        refused("", "risk_profiles.yaml");
    }

    private static void refused(String yaml, String reason) {
        assertThatThrownBy(() -> ProfileFile.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("risk_profiles.yaml")
                .hasMessageContaining(reason);
    }
}
