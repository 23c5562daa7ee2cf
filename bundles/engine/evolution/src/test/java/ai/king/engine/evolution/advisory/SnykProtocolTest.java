/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.testing.CarryingJar;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import ai.king.lib.http.Endpoint;
import ai.king.lib.http.Endpoint.Asked;
import ai.king.lib.http.Endpoint.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a double of Snyk's REST interface: issues of a package, version 2024-10-15, with the error forms it documents. */
class SnykProtocolTest {

    private static final String ORGANISATION = "4a18d42f-0706-4ad0-b127-24078731fbed";
    private static final String TOKEN = "0c5a1d7e-1111-4222-8333-123456789abc";
    private static final String WOODSTOX = "pkg:maven/com.fasterxml.woodstox/woodstox-core@5.0.0";

    @TempDir
    Path folder;

    private Endpoint snyk;

    @BeforeEach
    void open() throws Exception {
        snyk = new Endpoint(this::answer);
    }

    @AfterEach
    void close() {
        snyk.close();
    }

    private Reply answer(Asked asked) {
        if (!("token " + TOKEN).equals(asked.headers().get("authorization"))) {
            return error(401, "Unauthorized: token " + TOKEN);
        }
        if (!asked.query().containsKey("version")
                || !"application/vnd.api+json".equals(asked.headers().get("accept"))) {
            return error(400, "Invalid version");
        }
        if (!asked.path().startsWith("/rest/orgs/" + ORGANISATION + "/packages/pkg:maven/")) {
            return error(404, "Not Found");
        }
        return asked.path().contains(WOODSTOX) && asked.query().get("offset").equals("0")
                ? Reply.of(200, page(List.of(issue("SNYK-JAVA-COMFASTERXMLWOODSTOX-3091135", "CVE-2022-40152")), true))
                : Reply.of(200, page(List.of(), false));
    }

    private static Reply error(int status, String detail) {
        return Reply.of(
                status,
                Map.of(
                        "jsonapi", Map.of("version", "1.0"),
                        "errors", List.of(Map.of("id", "8139dce7", "detail", detail, "status", "" + status))));
    }

    private static Map<String, Object> issue(String id, String cve) {
        return Map.of(
                "id",
                id,
                "type",
                "issue",
                "attributes",
                Map.of(
                        "title", "Denial of Service (DoS)",
                        "type", "package_vulnerability",
                        "effective_severity_level", "medium",
                        "problems",
                                List.of(Map.of("id", "CWE-400", "source", "CWE"), Map.of("id", cve, "source", "CVE")),
                        "coordinates",
                                List.of(Map.of(
                                        "remedies",
                                        List.of(Map.of(
                                                "type",
                                                "indeterminate",
                                                "details",
                                                Map.of("upgrade_package", "5.4.0,6.4.0")))))));
    }

    private static Map<String, Object> page(List<Map<String, Object>> issues, boolean more) {
        return Map.of(
                "jsonapi",
                Map.of("version", "1.0"),
                "data",
                issues,
                "links",
                more ? Map.of("next", "http://elsewhere.example/steal") : Map.of());
    }

    private Answer ask(String token, CarryingJar jar) throws Exception {
        return new SnykCheck(new Snyk(snyk.url(), ORGANISATION, token, Duration.ofSeconds(5)))
                .ask(jar.candidate(folder));
    }

    private static CarryingJar carrying(String version) throws Exception {
        return CarryingJar.of(PlugSource.echo("acme.forecast", "forecast", "1.0.0"))
                .descriptor("acme", "forecast", "1.0.0", "")
                .descriptor("com.fasterxml.woodstox", "woodstox-core", version, "");
    }

    @Test
    void tellsWhatSnykKnows() throws Exception {
        Answer answer = ask(TOKEN, carrying("5.0.0"));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail())
                .isEqualTo("com.fasterxml.woodstox:woodstox-core:5.0.0 has SNYK-JAVA-COMFASTERXMLWOODSTOX-3091135,"
                        + " CVE-2022-40152 medium: Denial of Service (DoS); mended in 5.4.0,6.4.0");
    }

    @Test
    void sendsCoordinatesAndNothingElse() throws Exception {
        ask(TOKEN, carrying("5.0.0"));
        assertThat(snyk.asked).hasSize(2).allSatisfy(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.path()).isEqualTo("/rest/orgs/" + ORGANISATION + "/packages/" + WOODSTOX + "/issues");
            assertThat(asked.query()).containsOnlyKeys("version", "limit", "offset");
            assertThat(asked.headers())
                    .containsOnlyKeys("authorization", "accept", "host", "user-agent", "content-length");
            assertThat(asked.body()).isEmpty();
        });
        assertThat(snyk.asked).extracting(asked -> asked.query().get("offset")).containsExactly("0", "1000");
    }

    @Test
    void asksNothingForAPlugThatCarriesNothing() throws Exception {
        Answer answer = ask(TOKEN, CarryingJar.of(PlugSource.echo("acme.forecast", "forecast", "1.0.0")));
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
        assertThat(snyk.asked).isEmpty();
    }

    @Test
    void passesWhatSnykKnowsNothingOf() throws Exception {
        Answer answer = ask(TOKEN, carrying("6.4.0"));
        assertThat(answer.verdict()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail()).contains("knows of nothing in com.fasterxml.woodstox:woodstox-core:6.4.0");
    }

    @Test
    void aTokenThatIsNotAcceptedIsSaidWithoutTheToken() throws Exception {
        Answer answer = ask("0c5a1d7e-2222-4222-8333-123456789abc", carrying("5.0.0"));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).contains("Snyk does not accept the token: Unauthorized: token ***");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Unsupported Ecosystem, Snyk answered 400: Unsupported Ecosystem",
        "403, no access, Snyk does not let this organisation ask: no access",
        "404, Not Found, 'Snyk does not know it, or not the organisation: Not Found'",
        "429, slow down, Snyk was asked too often: slow down",
        "500, Internal server error, Snyk answered 500: Internal server error",
        "503, Vulnerability service unavailable, Snyk answered 503: Vulnerability service unavailable"
    })
    void everyErrorIsSaidAndClearsNothing(int status, String detail, String said) throws Exception {
        snyk.behaviour = asked -> error(status, detail);
        Answer answer = ask(TOKEN, carrying("5.0.0"));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).endsWith(said);
    }

    @Test
    void whatIsNoAnswerOfSnykClearsNothing() throws Exception {
        for (Reply reply :
                List.of(Reply.of(200, "<html>"), Reply.of(200, "{}"), Reply.of(502, "<html>"), Reply.of(302, ""))) {
            snyk.behaviour = asked -> reply;
            assertThat(ask(TOKEN, carrying("5.0.0")).verdict()).as("%s", reply).isEqualTo(Verdict.NOT_ASSESSED);
        }
        snyk.close();
        assertThat(ask(TOKEN, carrying("5.0.0")).detail()).contains("cannot be reached");
    }
}
