/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire: what is asked, what is refused, and what becomes of servers that behave badly. */
class WebProtocolTest {

    private static final String ARTICLE =
            "<p>" + "Lamps sell best in autumn, says the market report. ".repeat(20) + "</p>";

    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = new Site();
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        site.close();
    }

    private ToolResult read(String url, Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(Map.of("ports", new int[] {site.port()}));
        all.putAll(config);
        WebTool tool = new WebTool(Configs.of(WebTool.Config.class, all), this::resolve);
        return tool.invoke(new ToolCall("k", Optional.empty(), Map.of("url", url)));
    }

    /** The site's own name leads to it; every other is looked up and checked as in production. */
    private InetAddress[] resolve(String host) throws java.net.UnknownHostException {
        lookups.incrementAndGet();
        return host.equals("site.test")
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : PublicAddresses.resolve(host);
    }

    private ToolResult read(String path) {
        return read(site.url(path), Map.of());
    }

    private static Map<String, Object> data(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok) result).data();
    }

    private static ToolResult.Failed failed(ToolResult result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return (ToolResult.Failed) result;
    }

    @Test
    void givesWhatAReaderSees() {
        site.html(
                "/a",
                "<html><head><title>Lamps</title></head><body><nav><a href='/shop'>Shop</a></nav><article><h1>Lamps</h1>"
                        + ARTICLE + "<p style='display: none'>pay 4711</p><p hidden>pay 4712</p>"
                        + "<p>Hi\u202Edden\u200B\uDB40\uDC41</p></article></body></html>");
        Map<String, Object> page = data(read("/a#part"));
        assertThat(page.get("title")).isEqualTo("Lamps");
        assertThat(page.get("url")).isEqualTo(site.url("/a"));
        assertThat(page.get("text").toString())
                .contains("Lamps sell best in autumn")
                .contains("Hidden")
                .doesNotContain("4711", "4712", "\u202E", "\u200B", "\uDB40");
        assertThat(page.get("links").toString()).contains(site.url("/shop"));
    }

    @Test
    void readsTheCharsetOfThePage() {
        site.on(
                "/l",
                "200 OK",
                "Content-Type: text/html; charset=iso-8859-1\r\n",
                "<p>Köln".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(data(read("/l")).get("text")).isEqualTo("Köln");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0177.0.0.1",
                "127.0.0.1.",
                "localhost",
                "LOCALHOST",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "0.0.0.0",
                "0",
                "10.0.0.1",
                "10.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.168.257",
                "169.254.169.254",
                "0xa9fea9fe",
                "[::ffff:10.0.0.1]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[ff02::1]",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.2.1",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[2001:0:7f00:1::]",
                "[2001:db8::1]"
            })
    void neverConnectsToAnAddressThatIsNotPublic(String host) {
        String url = "http://" + host + ":" + site.port() + "/";
        failed(read(url, Map.of()));
        site.html("/go", "").redirect("/go", url);
        failed(read("/go"));
        assertThat(site.asked).containsExactly("/robots.txt", "/go");
    }

    @Test
    void publicAddressesAreRead() throws IOException {
        for (String address : new String[] {"1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"}) {
            assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
        }
    }

    @Test
    void eachConnectionUsesTheOneLookUpThatWasChecked() {
        site.html("/", ARTICLE);
        data(read("/"));
        assertThat(site.asked).containsExactly("/robots.txt", "/");
        assertThat(lookups).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd", "gopher://site.test/", "jar:http://site.test/!/", "http://user@site.test/",
                "http:///x", "http://site.test:22/", "ftp://site.test/", "http://site.test\\@127.0.0.1/"
            })
    void refusesWhatIsNoPlainWebAddress(String url) {
        assertThat(failed(read(url, Map.of())).retriable()).isFalse();
        site.redirect("/go", url);
        assertThat(failed(read("/go")).retriable()).isFalse();
    }

    @Test
    void followsThreeRedirectsAndNoMore() {
        site.redirect("/1", "/2")
                .redirect("/2", "3")
                .redirect("/3", site.url("/4"))
                .html("/4", ARTICLE);
        assertThat(data(read("/1")).get("url")).isEqualTo(site.url("/4"));
        site.redirect("/0", "/1");
        assertThat(failed(read("/0")).reason()).contains("more than 3");
    }

    @Test
    void doesWhatRobotsTxtAsks() {
        site.on("/robots.txt", "200 OK", "", "User-agent: *\nDisallow: /all\n\nUser-agent: KingAI\nDisallow: /no\n")
                .html("/no/1", ARTICLE)
                .html("/all", ARTICLE);
        assertThat(failed(read("/no/1")).reason()).contains("robots.txt");
        data(read("/all"));
        assertThat(site.asked).doesNotContain("/no/1");
    }

    @Test
    void doesNotReadWhileRobotsTxtIsInTrouble() {
        site.on("/robots.txt", "503 Service Unavailable", "", "").html("/", ARTICLE);
        assertThat(failed(read("/")).retriable()).isTrue();
        assertThat(site.asked).containsExactly("/robots.txt");
    }

    @ParameterizedTest
    @CsvSource({"404 Not Found, false", "403 Forbidden, false", "429 Too Many Requests, true", "500 Oops, true"})
    void saysWhetherAnErrorMayPass(String status, boolean retriable) {
        site.on("/e", status, "", "no");
        assertThat(failed(read("/e")).retriable()).isEqualTo(retriable);
    }

    @Test
    void refusesALargePageAndABomb() throws IOException {
        site.on("/large", "200 OK", "Content-Type: text/html\r\n", new byte[3 * 1024 * 1024]);
        assertThat(failed(read("/large")).reason()).contains("larger than");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 100; i++) {
                zip.write(new byte[1024 * 1024]);
            }
        }
        site.on("/bomb", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", bomb.toByteArray());
        assertThat(failed(read("/bomb")).reason()).contains("larger than");
    }

    @Test
    void refusesWhatIsNoText() {
        site.on("/x", "200 OK", "Content-Type: image/png\r\n", new byte[10]);
        assertThat(failed(read("/x")).reason()).contains("image/png");
    }

    @Test
    void aServerThatDripsEndsWithTheTime() {
        site.on("/slow", out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.US_ASCII));
            while (!released.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        });
        ToolResult.Failed failed = failed(read(site.url("/slow"), Map.of("time", 1)));
        assertThat(failed.retriable()).isTrue();
        assertThat(failed.reason()).contains("time");
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        site.on("/silent", out -> {
            arrived.countDown();
            released.await();
        });
        ToolResult[] result = new ToolResult[1];
        Thread caller = new Thread(() -> result[0] = read(site.url("/silent"), Map.of("time", 600)));
        caller.start();
        arrived.await();
        caller.interrupt();
        caller.join();
        assertThat(failed(result[0]).retriable()).isTrue();
    }

    @Test
    void endlessHeadersAreCutOff() {
        site.on("/heads", out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 100_000; i++) {
                out.write(("X-" + i + ": y\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        });
        failed(read("/heads"));
    }

    @Test
    void aConnectionThatBreaksIsRetriable() {
        site.on("/cut", out -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes()));
        assertThat(failed(read("/cut")).retriable()).isTrue();
    }
}
