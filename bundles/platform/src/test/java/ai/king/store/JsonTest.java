/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.Money;
import ai.king.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void readsBackASealedOutcomeWithItsReport() {
        Outcome outcome = new Outcome.Done(
                Map.of("revenue", "12.50"),
                new Report(List.of(new Report.Section(
                        "Revenue",
                        List.of(new Report.Figure(
                                "Revenue", "12.50", "USD", List.of(new Source.Rows("orders", "all", 3, "abc"))))))));
        String text = Json.write(outcome);
        assertThat(text)
                .contains("\"type\":\"done\"")
                .contains("\"type\":\"figure\"")
                .contains("\"type\":\"rows\"");
        assertThat(Json.read(text, Outcome.class)).isEqualTo(outcome);
    }

    @Test
    void readsBackOptionalMoney() {
        ToolResult result = new ToolResult.Ok(Map.of("id", "x"), Optional.of(Money.of("1.10", "USD")));
        assertThat(Json.read(Json.write(result), ToolResult.class)).isEqualTo(result);
    }

    @Test
    void readsAReportOutsideASealedType() {
        Report report = new Report(List.of(new Report.Section("A", List.of(new Report.Text("t", List.of())))));
        assertThat(Json.convert(Json.asMap(report), Report.class)).isEqualTo(report);
    }

    @Test
    void digestDoesNotDependOnTheOrderOfKeys() {
        assertThat(Json.digest(Json.readMap("{\"a\":1,\"b\":[1.0,\"x\"]}")))
                .isEqualTo(Json.digest(Json.readMap("{\"b\":[1,\"x\"],\"a\":1}")));
    }

    @Test
    void refusesDuplicateKeysAndTrailingText() {
        assertThatThrownBy(() -> Json.readMap("{\"a\":1,\"a\":2}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.readMap("{} {}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesUnknownFieldsOfARecord() {
        assertThatThrownBy(() -> Json.read("{\"amount\":\"1\",\"currency\":\"USD\",\"x\":1}", Money.class))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
