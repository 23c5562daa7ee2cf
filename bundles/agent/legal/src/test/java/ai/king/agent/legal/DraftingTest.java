/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import static ai.king.agent.legal.Papers.one;
import static ai.king.agent.legal.Papers.perform;
import static ai.king.agent.legal.Papers.score;
import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Outcome;
import ai.king.kit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftingTest {

    private static final Map<String, Object> POLICY = Map.of(
            "company", "Harbour & Tail",
            "address", "1 Quay Street",
            "date", "2026-10-01",
            "privacy_contact", "privacy@harbour-and-tail.example",
            "data_collected", "name, postal address, e-mail address, orders",
            "recipients", "carriers and the payment provider, to deliver and to collect payment",
            "retention", "10 years",
            "security", "The shop uses TLS.");

    @ParameterizedTest
    @ValueSource(strings = {"nda", "privacy_policy", "supply_agreement"})
    void namesEveryVariableThatIsMissing(String template) {
        Outcome.Declined declined =
                (Outcome.Declined) perform("draft", new FakeContext(), Map.of("template", template));
        assertThat(declined.missing())
                .hasSizeGreaterThan(5)
                .allMatch(one -> one.startsWith("variable ") && one.endsWith(" of template " + template));
    }

    @Test
    void draftsAPolicyThatPassesItsOwnChecks() {
        Outcome.Done draft = (Outcome.Done)
                perform("draft", new FakeContext(), Map.of("template", "privacy_policy", "variables", POLICY));
        String text = draft.data().get("text").toString();
        assertThat(text).contains("Harbour & Tail").doesNotContain("{{");
        Outcome.Done checked = (Outcome.Done) perform("compliance", one("privacy-policy.md", text), Map.of());
        assertThat(checked.data()).containsEntry("gaps", List.of());
        assertThat(score(checked, "GDPR")).isEqualTo(100);
        assertThat(score(checked, "CCPA")).isEqualTo(100);
    }

    @Test
    void fillsATemplateOfTheBusinessAndLetsAValueBringNoVariable() {
        Map<String, Object> input =
                Map.of("template", "letter.md", "variables", Map.of("name", "Ann {{secret}}\n# Heading"));
        Outcome.Done done = (Outcome.Done) perform("draft", one("letter.md", "Dear {{name}},"), input);
        assertThat(done.data()).containsEntry("text", "Dear Ann secret Heading,");
    }

    @Test
    void declinesATemplateThatIsNotThere() {
        assertThat(perform("draft", new FakeContext().with(Papers.SAMPLE), Map.of("template", "../nda")))
                .asString()
                .contains("nda, privacy_policy, supply_agreement");
    }
}
