/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** What the platform leaves out and switches off, seen from outside on a node that runs as an operator runs it. */
public class HardeningIT {

    private static Node node;

    @BeforeClass
    public static void start() {
        node = Node.start(Map.of());
    }

    @AfterClass
    public static void stop() {
        node.close();
    }

    @Test
    public void leavesOutWhatInstallsOrRunsThings() throws IOException {
        List<String> jars = names(Node.home().resolve("system"));
        assertThat(jars)
                .noneMatch(name -> name.matches("org\\.apache\\.karaf\\.(deployer|kar|instance|obr|jdbc|jms)\\..*"))
                .noneMatch(name -> name.matches("org\\.apache\\.karaf\\.webconsole\\.(gogo|features|instance)-.*"))
                .noneMatch(name -> name.startsWith("org.apache.karaf.management"))
                .noneMatch(name -> name.startsWith("pax-url-wrap"))
                .noneMatch(name -> name.startsWith("jolokia"));
    }

    @Test
    public void hasNoFolderThatDeploysWhatIsPutIntoIt() throws IOException {
        assertThat(Node.home().resolve("deploy")).doesNotExist();
        assertThat(Node.home().resolve("etc/org.apache.felix.fileinstall-deploy.cfg"))
                .doesNotExist();
        assertThat(Bundles.text(Node.home().resolve("etc/custom.properties")))
                .contains("felix.fileinstall.filter=.*\\\\.cfg");
    }

    @Test
    public void fetchesNothing() throws IOException {
        String maven = Bundles.text(Node.home().resolve("etc/org.ops4j.pax.url.mvn.cfg"));
        assertThat(maven).containsPattern("(?m)^org\\.ops4j\\.pax\\.url\\.mvn\\.repositories =\\s*$");
        assertThat(maven).doesNotContain("http:").doesNotContain("https:");
        assertThat(Bundles.text(Node.home().resolve("etc/maven-settings.xml"))).contains("<offline>true</offline>");
    }

    @Test
    public void shipsNoUser() throws IOException {
        assertThat(Bundles.text(Node.home().resolve("etc/users.properties")).lines())
                .allMatch(line -> line.isBlank() || line.startsWith("#"));
        assertThat(node.get("/api/v1/system", "karaf", "karaf").statusCode()).isEqualTo(401);
        assertThat(node.get("/system/console/bundles", "karaf", "karaf").statusCode())
                .isEqualTo(401);
    }

    @Test
    public void listensOnOnePortAndOnThisMachineOnly() throws IOException {
        assertThat(Sockets.listening(node.pid())).containsExactly(node.port());
        for (InetAddress address : Sockets.others()) {
            assertThat(Sockets.reachable(address, node.port()))
                    .as("%s", address)
                    .isFalse();
        }
    }

    @Test
    public void refusesToAnswerOtherMachinesWithoutTls() {
        assertThat(Node.refused(Map.of("KING_HOST", "0.0.0.0"))).contains("KING_TLS_PROXY=true");
    }

    @Test
    public void startsTheJvmWithoutManagementAndAttach() throws IOException {
        String command =
                Bundles.text(Path.of("/proc/" + node.pid() + "/cmdline")).replace('\0', ' ');
        assertThat(command)
                .contains("-XX:+DisableAttachMechanism")
                .contains("-Djdk.serialFilter=!*")
                .contains("-Dcom.sun.jndi.ldap.object.trustSerialData=false")
                .doesNotContain("jmxremote")
                .doesNotContain("java.security.manager");
        assertThat(Bundles.text(Node.home().resolve("etc/custom.properties"))).contains("karaf.shutdown.port=-1");
    }

    @Test
    public void theJvmTakesTheClassesOfItsJdkFromItsArchive() throws IOException {
        assertThat(Path.of(System.getProperty("java.home"), "lib/server/classes.jsa"))
                .exists();
        assertThat(Files.readAllLines(Path.of("/proc/" + node.pid() + "/maps")))
                .anyMatch(line -> line.endsWith("/classes.jsa"));
    }

    @Test
    public void doesNotRunAsRootWhereTheSiteForbidsIt() {
        assumeTrue("not root here", System.getProperty("user.name").equals("root"));
        assertThat(Node.refused(Map.of("KARAF_NOROOT", "true"))).contains("Do not run as root!");
    }

    @Test
    public void everyCookieIsForTheServerAndTheSameSiteOnly() {
        for (String path : List.of("/system/console/bundles", "/system/console/king", "/api/v1/system", "/v1/models")) {
            assertThat(node.get(path, "admin", Node.PASSWORD).headers().allValues("Set-Cookie"))
                    .as(path)
                    .allMatch(cookie -> cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict"))
                    .noneMatch(cookie -> cookie.contains("; Secure"));
        }
        assertThat(node.get("/system/console/king", "admin", Node.PASSWORD)
                        .headers()
                        .allValues("Set-Cookie"))
                .isNotEmpty();
        assertThat(node.get("/").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
    }

    @Test
    public void behindAProxyWithTlsBrowsersStayThereAndCookiesTravelEncrypted() {
        try (Node behind = Node.start(Map.of("KING_TLS_PROXY", "true"))) {
            for (String path : List.of("/", "/system/console/king", "/api/v1/system")) {
                assertThat(behind.get(path).headers().firstValue("Strict-Transport-Security"))
                        .as(path)
                        .contains("max-age=31536000");
            }
            assertThat(behind.get("/system/console/king", "admin", Node.PASSWORD)
                            .headers()
                            .allValues("Set-Cookie"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.contains("; Secure") && cookie.contains("; HttpOnly"));
        }
    }

    @Test
    public void commandsWithoutARuleAreForAdministrators() throws IOException {
        assertThat(Bundles.text(Node.home().resolve("etc/custom.system.properties")))
                .contains("karaf.secured.command.compulsory.roles=admin");
    }

    @Test
    public void theShellIsClosedAndWouldTakeKeysOfAdministratorsOnly() throws IOException {
        String shell = Bundles.text(Node.home().resolve("etc/org.apache.karaf.shell.cfg"));
        assertThat(shell)
                .contains("sshHost = 127.0.0.1")
                .contains("sshRole = admin")
                .contains("authMethods = publickey")
                .contains("sftpEnabled = false");
    }

    @Test
    public void theWebConsoleIsThereForAdministratorsOnly() {
        assertThat(node.get("/system/console/bundles").statusCode()).isEqualTo(401);
        assertThat(node.get("/system/console/bundles", "admin", "wrong").statusCode())
                .isEqualTo(401);
        assertThat(node.get("/system/console/bundles", "admin", Node.PASSWORD).statusCode())
                .isEqualTo(200);
        create("looker", "viewer");
        assertThat(node.get("/api/v1/goals", "looker", Node.PASSWORD).statusCode())
                .isEqualTo(200);
        assertThat(node.get("/system/console/bundles", "looker", Node.PASSWORD).statusCode())
                .isIn(401, 403);
    }

    @Test
    public void theWebConsoleInstallsConfiguresAndStopsNothing() {
        for (String page :
                List.of("bundles", "configMgr/ai.king.engine.store", "components", "vmstat", "memoryusage")) {
            HttpResponse<String> answer = post("/system/console/" + page, "action=install", "admin", Map.of());
            assertThat(answer.statusCode()).as(page).isEqualTo(403);
        }
    }

    @Test
    public void everyAnswerCarriesTheSecurityHeaders() {
        for (String path :
                List.of("/", "/nothing", "/system/console/bundles", "/api/v1/health/live", "/api/v1/goals")) {
            HttpResponse<String> answer = node.get(path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).as(path).contains("DENY");
            assertThat(answer.headers().firstValue("Referrer-Policy")).as(path).contains("no-referrer");
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .contains("no-store");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("frame-ancestors 'none'");
        }
    }

    @Test
    public void aPageOfAnotherOriginChangesNothing() {
        HttpResponse<String> answer =
                post("/api/v1/goals", "{\"text\":\"x\"}", "admin", Map.of("Origin", "http://evil.example"));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    public void failuresShowNoInsides() {
        for (String path : List.of("/api/v1/goals/%00", "/api/v1/nothing", "/cxf", "/cxf/x?_wadl", "/api/v1?_wadl")) {
            HttpResponse<String> answer = node.get(path, "admin", Node.PASSWORD);
            assertThat(answer.statusCode()).as(path).isBetween(400, 499);
            assertThat(answer.body()).as(path).doesNotContain("Exception").doesNotContain("at org.");
        }
    }

    @Test
    public void guessingAPasswordIsSlowedDown() {
        create("target", "viewer");
        for (int guess = 0; guess < 5; guess++) {
            assertThat(node.get("/api/v1/goals", "target", "guess" + guess).statusCode())
                    .isIn(401, 429);
        }
        assertThat(node.get("/api/v1/goals", "target", Node.PASSWORD).statusCode())
                .isEqualTo(429);
    }

    @Test
    public void filesWithSecretsAreForTheirOwnerOnly() throws IOException {
        try (Stream<Path> files = Files.list(node.data())) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(".*(password|\\.key|secret).*"))
                    .toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as("%s", file)
                        .isEqualTo("rw-------");
            }
        }
    }

    private void create(String name, String role) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + Node.PASSWORD + "\",\"roles\":[\"" + role + "\"]}";
        assertThat(post("/api/v1/users", body, "admin", Map.of()).statusCode()).isIn(200, 201, 409);
    }

    private HttpResponse<String> post(String path, String body, String user, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path))
                .header("Authorization", Node.basic(user, Node.PASSWORD))
                .header("Content-Type", body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return node.send(request);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
