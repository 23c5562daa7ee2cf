/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agent.Source;
import ai.king.brain.Intent;
import ai.king.inference.Listener;
import ai.king.store.DuplicateRow;
import ai.king.store.Page;
import ai.king.work.Conversation;
import ai.king.work.Conversations;
import ai.king.work.Exchange;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChatPageTest {

    private static final Instant NOW = Instant.parse("2026-09-30T10:00:00Z");
    private static final String EVIL = "<script>alert(\"x\")</script>";

    private final Server server = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Said said = new Said();
    private volatile String login = "operator";
    private int port;

    @BeforeEach
    void open() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        Filter console = (request, response, chain) -> {
            request.setAttribute("org.osgi.service.http.authentication.remote.user", login);
            chain.doFilter(request, response);
        };
        context.addFilter(new FilterHolder(console), "/*", EnumSet.of(DispatcherType.REQUEST));
        Users users = (Users) Proxy.newProxyInstance(
                Users.class.getClassLoader(),
                new Class<?>[] {Users.class},
                (proxy, method, arguments) -> Optional.of(
                        new Identity(String.valueOf(arguments[0]), Set.of(Role.of(String.valueOf(arguments[0]))))));
        context.addServlet(new ServletHolder(new ChatPage(users, said)), "/system/console/king-chat");
        server.setHandler(context);
        server.start();
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
    }

    @Test
    void showsTheAnswerWithItsSourceItsGoalAndWhatWaits() throws Exception {
        said.exchanges.add(exchange(
                "Which approvals wait? " + EVIL,
                "1 approval waits for a decision.",
                List.of(),
                new Exchange.Next(Exchange.Kind.APPROVAL, "a1", "Buy chew toys", Map.of("risk", "MEDIUM"))));
        said.exchanges.add(exchange(
                "Write a blog post about puppies",
                "Filed as a goal for Harbour & Tail: create content.",
                List.of(),
                new Exchange.Next(Exchange.Kind.GOAL, "g1", "Write a blog post about puppies", Map.of())));
        said.exchanges.add(exchange(
                "How much revenue in August?",
                "Revenue of Harbour & Tail (2026-08-01 to 2026-08-31): 20,184.10 USD from 842 completed orders.",
                List.of(
                        new Source.Rows("orders", "2026-08-01 to 2026-08-31", 880, "ab".repeat(32)),
                        new Source.Formula("revenue = quantity x unit_price - discount of completed orders"))));
        String page = get("?c=c1").body();
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/chat.html"), "<!doctype html><meta charset=utf-8>" + page);
        assertThat(page)
                .contains("20,184.10 USD", "<b>orders</b> 2026-08-01 to 2026-08-31, 880 rows", "ab".repeat(32))
                .contains("href=\"/api/v1/goals/g1/report\"", "Buy chew toys", "href=\"king\"")
                .contains("&lt;script&gt;")
                .doesNotContain("<script", "http://", "https://", "onclick");
        assertThat(page.indexOf("How much revenue")).isGreaterThan(page.indexOf("Which approvals"));
    }

    @Test
    void saysAMessageOnceThoughItsFormIsSentTwice() throws Exception {
        Map<String, String> form = form("", "How many orders?");
        assertThat(post(form).headers().firstValue("Location")).contains("king-chat?c=c1#last");
        assertThat(post(form).statusCode()).isEqualTo(303);
        assertThat(said.messages).containsExactly("operator: How many orders?");
    }

    @Test
    void confirmsWithAButton() throws Exception {
        said.exchanges.add(exchange(
                "Shut down the shop",
                "Nothing is done yet.",
                List.of(),
                new Exchange.Next(Exchange.Kind.CONFIRM, "yes", "Shut down the shop", Map.of())));
        assertThat(get("?c=c1").body())
                .contains("name=\"message\" value=\"yes\"")
                .contains("Yes, file it");
    }

    @Test
    void refusesAFormThatThisPageDidNotMake() throws Exception {
        Map<String, String> form = form("", "hello");
        form.put("seal", "0".repeat(64));
        assertThat(post(form).statusCode()).isEqualTo(403);
        Map<String, String> stolen = form("", "hello");
        login = "admin";
        assertThat(post(stolen).statusCode()).isEqualTo(403);
        assertThat(said.messages).isEmpty();
    }

    @Test
    void needsTheRoleOperatorAndAMessageWithinItsBounds() throws Exception {
        assertThat(post(form("", " ")).headers().firstValue("Location").orElse(""))
                .contains("refused=A+message");
        assertThat(post(form("", "a".repeat(20_001)))
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .contains("refused=A+message");
        login = "viewer";
        assertThat(get("").body()).contains("needs the role operator").doesNotContain("<form");
        assertThat(said.messages).isEmpty();
    }

    private static Exchange exchange(String message, String reply, List<Source> sources, Exchange.Next... next) {
        Intent intent = new Intent(
                next.length == 0 ? Intent.Type.QUERY : Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 1);
        return new Exchange("e", "c1", message, reply, intent, null, List.of(next), sources, NOW, 0);
    }

    private HttpResponse<String> get(String query) throws Exception {
        return client.send(request(query).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/system/console/king-chat" + query));
    }

    private HttpResponse<String> post(Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.send(
                request("")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Map<String, String> form(String query, String message) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
                .matcher(get(query).body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        assertThat(fields).containsKeys("seal", "once");
        fields.put("message", message);
        return fields;
    }

    /** Conversations that remember what was said, each request once. */
    private static final class Said implements Conversations {
        private final List<String> messages = new ArrayList<>();
        private final List<Exchange> exchanges = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();

        @Override
        public Exchange say(Identity person, Conversations.Said said, Listener listener) {
            if (!keys.add(person.request().orElseThrow().key())) {
                throw new DuplicateRow("request", new IllegalStateException("twice"));
            }
            messages.add(person.name() + ": " + said.message());
            return ChatPageTest.exchange(said.message(), "ok", List.of());
        }

        @Override
        public Optional<Conversation> find(Identity person, String id) {
            return id.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Conversation(id, person.name(), null, null, NOW, NOW, 0));
        }

        @Override
        public Page<Conversation> page(Identity person, String cursor, int limit) {
            return new Page<>(List.of(new Conversation("c1", person.name(), null, null, NOW, NOW, 0)), null);
        }

        @Override
        public Page<Exchange> exchanges(Identity person, String conversationId, String cursor, int limit) {
            List<Exchange> newestFirst = new ArrayList<>(exchanges);
            java.util.Collections.reverse(newestFirst);
            return new Page<>(newestFirst, null);
        }

        @Override
        public Optional<Exchange> exchange(Identity person, String id) {
            return Optional.empty();
        }

        @Override
        public void forget(Identity person, String id) {}
    }
}
