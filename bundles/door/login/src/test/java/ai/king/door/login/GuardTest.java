/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.server.handler.HandlerList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private final Server server = new Server(new InetSocketAddress("127.0.0.1", 0));

    @BeforeEach
    void start() throws Exception {
        serve(false);
    }

    private void serve(boolean tls) throws Exception {
        server.stop();
        server.setHandler(new HandlerList(new Guard(tls), new AbstractHandler() {
            @Override
            public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
                    throws IOException {
                base.setHandled(true);
                if (target.startsWith("/cookies")) {
                    response.addCookie(new Cookie("plain", "1"));
                    response.addHeader("Set-Cookie", "marked=2; HttpOnly; SameSite=Lax");
                    response.getWriter().write(target.endsWith("text") ? "text" : "");
                }
            }
        }));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void everyAnswerCarriesTheHeaders() throws Exception {
        HttpResponse<String> answer = send("/api/v1/goals", "GET");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cookies", "/cookies/text"})
    void everyCookieIsMarked(String path) throws Exception {
        assertThat(send(path, "GET").headers().allValues("Set-Cookie"))
                .containsExactly("plain=1; HttpOnly; SameSite=Strict", "marked=2; HttpOnly; SameSite=Lax");
        serve(true);
        assertThat(send(path, "GET").headers().allValues("Set-Cookie"))
                .containsExactly(
                        "plain=1; HttpOnly; SameSite=Strict; Secure", "marked=2; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void onlyBehindTlsBrowsersAreToldToStayThere() throws Exception {
        assertThat(send("/", "GET").headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
        serve(true);
        assertThat(send("/", "GET")
                        .headers()
                        .firstValue("Strict-Transport-Security")
                        .orElse(""))
                .startsWith("max-age=");
    }

    @Test
    void aProgramMayChangeThings() throws Exception {
        assertThat(send("/api/v1/goals", "POST").statusCode()).isEqualTo(200);
    }

    @Test
    void aFormOfOurOwnPageMayChangeAlthoughItsOriginIsHidden() throws Exception {
        assertThat(send("/api/v1/goals", "POST", "Origin", "null", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("/api/v1/goals", "POST", "Origin", "null", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnotherOriginMayReadButNotChange() throws Exception {
        assertThat(send("/api/v1/goals", "GET", "Origin", "http://evil.example").statusCode())
                .isEqualTo(200);
        for (String origin : new String[] {"http://evil.example", "null", "http://127.0.0.1", ""}) {
            assertThat(send("/api/v1/goals", "POST", "Origin", origin).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(send("/api/v1/goals", "POST", "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPageOfOurOwnMayChangeThings() throws Exception {
        assertThat(send("/api/v1/goals", "POST", "Origin", base()).statusCode()).isEqualTo(200);
        assertThat(send("/api/v1/goals", "POST", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/bundles",
                "/bundles/7",
                "/configMgr",
                "/configMgr/a.pid",
                "/components/3",
                "/vmstat",
                "/memoryusage"
            })
    void theWebConsoleShowsAndChangesNothing(String page) throws Exception {
        assertThat(send("/system/console" + page, "GET").statusCode()).isEqualTo(200);
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            assertThat(send("/system/console" + page, method).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/king", "/king-proposals", "/king-chat"})
    void thePagesOfThePlatformChangeWhatTheirFormsSay(String page) throws Exception {
        assertThat(send("/system/console" + page, "POST").statusCode()).isEqualTo(200);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getURI().getPort();
    }

    private HttpResponse<String> send(String path, String method, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base() + path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
