/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.serpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerpApiProtocolTest {

    private SerpApiDouble service;

    @BeforeEach
    void open() throws IOException {
        service = new SerpApiDouble();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private SerpApiTool tool(String name, Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(Map.of("url", service.url(), ".key", SerpApiDouble.KEY, "poll", 1));
        all.putAll(config);
        return new SerpApiTool(Configs.of(SerpApiTool.Config.class, all), Map.of("king.tool.name", name));
    }

    private ToolResult search(Map<String, Object> arguments) {
        return tool("serpapi.search", Map.of()).invoke(new ToolCall("k", Optional.empty(), arguments));
    }

    private ToolResult search() {
        return search(Map.of("query", "lamps"));
    }

    private static Map<String, Object> data(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok) result).data();
    }

    private static ToolResult.Failed failed(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(result.toString()).doesNotContain(SerpApiDouble.KEY);
        return (ToolResult.Failed) result;
    }

    @Test
    void sendsWhatIsAskedAndGivesTheHits() {
        Map<String, Object> data = data(search(
                Map.of("query", "lamps & more", "results", 20, "country", "de", "language", "de", "period", "qdr:m")));
        assertThat(data.get("results"))
                .isEqualTo(List.of(
                        Map.of("position", 1, "title", "Lamps", "url", "https://a.example/lamps", "snippet", "Buy"),
                        Map.of("position", 2, "title", "Bare", "url", "https://b.example/")));
        assertThat(data).containsEntry("total", 12300L).containsEntry("related", List.of("desk lamps"));
        assertThat(data.toString()).doesNotContain("lamps & more", "query_displayed");
        assertThat(service.asked.get(0).query())
                .containsEntry("engine", "google")
                .containsEntry("q", "lamps & more")
                .containsEntry("num", "20")
                .containsEntry("gl", "de")
                .containsEntry("hl", "de")
                .containsEntry("tbs", "qdr:m");
    }

    @Test
    void saysWhatItDoesAndCosts() {
        SerpApiTool tool = tool("serpapi.search", Map.of("price", "0.015"));
        assertThat(tool.spec().effect()).isEqualTo(Effect.READ_OUTSIDE);
        ToolResult result = tool.invoke(new ToolCall("k", Optional.empty(), Map.of("query", "lamps")));
        assertThat(((ToolResult.Ok) result).cost()).contains(Money.of("0.015", "USD"));
        assertThatThrownBy(() -> tool("serpapi.other", Map.of())).hasMessageContaining("serpapi.other");
    }

    @Test
    void noHitIsAnAnswer() {
        assertThat(data(search(Map.of("query", "nothing"))).get("results")).isEqualTo(List.of());
    }

    @Test
    void waitsForASearchThatWasHandedIn() {
        service.pending = 3;
        ToolResult result = tool("serpapi.search", Map.of("async", true))
                .invoke(new ToolCall("k", Optional.empty(), Map.of("query", "lamps")));
        assertThat(data(result).get("results").toString()).contains("a.example");
        assertThat(service.asked).hasSize(5);
        assertThat(service.asked.get(4).path()).isEqualTo("/searches/64b_f-1.json");
    }

    @Test
    void givesUpOnASearchThatNeverEnds() {
        service.pending = Integer.MAX_VALUE;
        ToolResult result = tool("serpapi.search", Map.of("async", true, "time", 1))
                .invoke(new ToolCall("k", Optional.empty(), Map.of("query", "lamps")));
        assertThat(failed(result).retriable()).isTrue();
    }

    @Test
    void readsTheQuota() {
        Map<String, Object> data =
                data(tool("serpapi.account", Map.of()).invoke(new ToolCall("k", Optional.empty(), Map.of())));
        assertThat(data).containsEntry("total_searches_left", 100L).containsEntry("account_rate_limit_per_hour", 100L);
        assertThat(data.toString()).doesNotContain(SerpApiDouble.KEY);
    }

    @Test
    void withoutAKeyNothingIsAsked() {
        ToolResult result = tool("serpapi.search", Map.of(".key", ""))
                .invoke(new ToolCall("k", Optional.empty(), Map.of("query", "lamps")));
        assertThat(result).isInstanceOf(ToolResult.Missing.class);
        assertThat(result.toString()).contains(".key");
        assertThat(tool("serpapi.search", Map.of(".key", "")).missing())
                .singleElement()
                .asString()
                .contains(".key");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void aWrongKeyIsMissing() {
        ToolResult result = tool("serpapi.search", Map.of(".key", "wrong"))
                .invoke(new ToolCall("k", Optional.empty(), Map.of("query", "lamps")));
        assertThat(result).isInstanceOf(ToolResult.Missing.class);
    }

    @Test
    void tellsAnUsedUpPlanFromABusyHour() {
        service.hourly = 0;
        assertThat(failed(search()).retriable()).isTrue();
        service.left = 0;
        assertThat(search()).isInstanceOf(ToolResult.Missing.class);
    }

    @ParameterizedTest
    @CsvSource({"400,false", "404,false", "410,false", "500,true", "503,true"})
    void saysWhetherAnErrorMayPass(int status, boolean retriable) {
        service.behaviour =
                asked -> SerpApiDouble.error(status, "no, " + asked.query().get("api_key"));
        assertThat(failed(search()).retriable()).isEqualTo(retriable);
    }

    @Test
    void aSearchThatFailedOrIsNoJsonIsRetriable() {
        assertThat(failed(search(Map.of("query", "broken"))).retriable()).isTrue();
        service.behaviour = asked -> Endpoint.Reply.of(200, "<html>busy</html>");
        assertThat(failed(search()).retriable()).isTrue();
        service.behaviour = asked -> null;
        assertThat(failed(search()).retriable()).isTrue();
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        service.behaviour = asked -> Endpoint.Reply.of(200, "x".repeat(9 * 1024 * 1024));
        assertThat(failed(search()).reason()).contains("longer");
    }
}
