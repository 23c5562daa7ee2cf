/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.testing.CarryingJar;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against records in the form in which OSV gives them out. */
class OsvCheckTest {

    private static final String LOG4SHELL =
            """
            {"schema_version": "1.6.0", "id": "GHSA-jfh8-c2jp-5v3q", "modified": "2026-11-20T10:00:00Z",
             "aliases": ["CVE-2021-44228"], "summary": "Remote code injection in Log4j",
             "details": "Log4j looks up\\nJNDI.", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N"}],
             "affected": [
              {"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core",
                           "purl": "pkg:maven/org.apache.logging.log4j/log4j-core"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.13.0"}, {"fixed": "2.15.0"}]}]},
              {"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "2.3.1"}, {"introduced": "2.0-beta9"}]}]},
              {"package": {"ecosystem": "npm", "name": "org.apache.logging.log4j:log4j-core"},
               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}],
             "database_specific": {"severity": "CRITICAL"}}
            """;

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void supply() throws Exception {
        data = Files.createDirectory(folder.resolve("osv"));
    }

    private OsvCheck check(String place) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T00:00:00Z"), ZoneOffset.UTC);
        return new OsvCheck(place, Duration.ofDays(14), clock, "osv of here");
    }

    private Answer ask(CarryingJar jar) throws Exception {
        return check(data.toString()).ask(jar.candidate(folder));
    }

    private static CarryingJar plug() throws Exception {
        return CarryingJar.of(PlugSource.echo("acme.forecast", "forecast", "1.0.0"));
    }

    private static CarryingJar log4j(String version) throws Exception {
        return plug().descriptor("org.apache.logging.log4j", "log4j-core", version, "");
    }

    @Test
    void aPlugThatCarriesNothingNeedsNoData() throws Exception {
        assertThat(check("").ask(plug().candidate(folder)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void withoutDataItSaysWhatToDo() throws Exception {
        Answer answer = check("").ask(log4j("2.14.1").candidate(folder));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).contains("Maven/all.zip", "osv of here", "log4j-core:2.14.1");
        assertThat(ask(log4j("2.14.1")).detail()).contains("no OSV record can be read");
    }

    @Test
    void namesTheWeaknessAndTheVersionThatMendsIt() throws Exception {
        Files.writeString(data.resolve("one.json"), LOG4SHELL);
        Answer answer = ask(log4j("2.14.1"));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail())
                .startsWith(
                        "org.apache.logging.log4j:log4j-core:2.14.1 has GHSA-jfh8-c2jp-5v3q, CVE-2021-44228 CRITICAL:"
                                + " Remote code injection in Log4j; take 2.15.0 or later")
                .contains("1 OSV records, the newest of 2026-11-20");
    }

    @ParameterizedTest
    @CsvSource({
        "2.13.0, FAIL",
        "2.15.0-rc1, FAIL",
        "2.14.1.Final, FAIL",
        "2.15.0, PASS",
        "2.15, PASS",
        "2.12.4, PASS",
        "2.0-beta9, FAIL",
        "2.0-beta8, PASS",
        "2.0, FAIL",
        "2.3.1, PASS",
        "2.100, PASS"
    })
    void ordersVersionsAsMavenDoes(String version, Verdict verdict) throws Exception {
        Files.writeString(data.resolve("one.json"), LOG4SHELL);
        assertThat(ask(log4j(version)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"introduced\":\"0\"},{\"last_affected\":\"1.5\"}]', 1.5, true",
        "'[{\"introduced\":\"0\"},{\"last_affected\":\"1.5\"}]', 1.5.1, false",
        "'[{\"introduced\":\"1\"},{\"fixed\":\"2\"},{\"introduced\":\"3\"}]', 2.5, false",
        "'[{\"introduced\":\"1\"},{\"fixed\":\"2\"},{\"introduced\":\"3\"}]', 3-SNAPSHOT, false",
        "'[{\"introduced\":\"1\"},{\"fixed\":\"2\"},{\"introduced\":\"3\"}]', 9, true",
        "'[{\"introduced\":\"0\"},{\"limit\":\"2\"}]', 2, false",
        "'[{\"introduced\":\"0\"},{\"limit\":\"2\"}]', 1.9, true",
        "'[{\"introduced\":\"0\"},{\"limit\":\"*\"}]', 7, true",
        "'[{\"introduced\":\"0\"},{\"fixed\":\"0\"}]', 0.1, false",
        "'[]', 1, false"
    })
    void evaluatesEventsAsTheSchemaSays(String events, String version, boolean affected) throws Exception {
        String text = "{\"affected\":[{\"package\":{\"ecosystem\":\"Maven\",\"name\":\"g:a\"},"
                + "\"ranges\":[{\"type\":\"GIT\",\"events\":[{\"introduced\":\"0\"}]},"
                + "{\"type\":\"ECOSYSTEM\",\"events\":" + events + "}],\"versions\":[\"0.0.7\"]}]}";
        Advisory advisory = new Advisory(new ObjectMapper().readTree(text));
        assertThat(advisory.match("g:a", version).isPresent()).isEqualTo(affected);
        assertThat(advisory.match("g:a", "0.0.7")).as("listed by name").isPresent();
        assertThat(advisory.match("g:b", "0.0.7")).isEmpty();
    }

    @Test
    void readsTheZipThatTheVendorGivesOut() throws Exception {
        try (OutputStream out = Files.newOutputStream(data.resolve("all.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("GHSA-jfh8-c2jp-5v3q.json"));
            zip.write(LOG4SHELL.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("GHSA-other.json"));
            zip.write("{\"id\":\"GHSA-other\",\"modified\":\"2025-01-01T00:00:00.5Z\",\"affected\":[]}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(ask(log4j("2.14.1")).detail()).contains("CVE-2021-44228", "by 2 OSV records");
        assertThat(check(data.resolve("all.zip").toString())
                        .ask(log4j("2.17.1").candidate(folder))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void withdrawnOnesCountForNothing() throws Exception {
        Files.writeString(
                data.resolve("one.json"),
                LOG4SHELL.replace("\"aliases\"", "\"withdrawn\": \"2026-11-01T00:00:00Z\", \"aliases\""));
        assertThat(ask(log4j("2.14.1")).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void oldDataIsSaidWithItsDateAndClearsNothing() throws Exception {
        Files.writeString(data.resolve("one.json"), LOG4SHELL.replace("2026-11-20", "2026-10-01"));
        assertThat(ask(log4j("2.14.1")).verdict()).isEqualTo(Verdict.FAIL);
        Answer answer = ask(log4j("2.17.1"));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).contains("the newest of 2026-10-01: older than 14 days");
    }

    @Test
    void whatCannotBeReadIsCountedNotHidden() throws Exception {
        Files.writeString(data.resolve("one.json"), LOG4SHELL);
        Files.writeString(data.resolve("two.json"), "{\"id\": \"x\"");
        Answer answer = ask(log4j("2.17.1"));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).contains("1 of them cannot be read");
    }

    @Test
    void findsTheCoordinatesOfARealLibraryAndSaysWhatItCannotLookUp() throws Exception {
        Files.writeString(data.resolve("one.json"), LOG4SHELL);
        Answer real = ask(plug().library(ObjectMapper.class));
        assertThat(real.verdict()).as(real.detail()).isEqualTo(Verdict.PASS);
        assertThat(real.detail()).contains("nothing is known of com.fasterxml.jackson.core:jackson-databind:");
        Answer bare = ask(plug().library(ObjectMapper.class).without("META-INF/maven"));
        assertThat(bare.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(bare.detail()).contains("nothing can be looked up");
    }
}
