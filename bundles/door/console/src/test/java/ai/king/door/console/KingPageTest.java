/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agents.Agents;
import ai.king.agents.Tools;
import ai.king.evolution.Evolution;
import ai.king.evolution.Pointer;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Risk;
import ai.king.gate.VoteRefused;
import ai.king.plug.Generation;
import ai.king.plug.Route;
import ai.king.plug.Routes;
import ai.king.store.Page;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
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

final class KingPageTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String HASH = "ab".repeat(32);
    private static final String EVIL = "<script>alert(\"x\")</script>";

    private final Server server = new Server(0);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> votes = new ArrayList<>();
    private volatile String login = "approver";
    private volatile VoteRefused refusal;
    private int port;

    @BeforeEach
    void open() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        Filter console = (request, response, chain) -> {
            request.setAttribute("org.osgi.service.http.authentication.remote.user", login);
            chain.doFilter(request, response);
        };
        context.addFilter(new FilterHolder(console), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(page()), "/system/console/king");
        server.setHandler(context);
        server.start();
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @AfterEach
    void close() throws Exception {
        server.stop();
    }

    @Test
    void showsGoalsApprovalsGenerationsAndEscapesThem() throws Exception {
        String page = get("").body();
        assertThat(page)
                .contains("&lt;script&gt;")
                .doesNotContain(EVIL)
                .contains("scribe", "note, letter", "pay.back", "missing", "a key of &lt;script&gt;")
                .contains("waiting approval", "Order food", HASH, "1.2.0", "canary", "release <b>3</b>")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void countsAVoteOfThePersonOnThePayloadThatWasShown() throws Exception {
        HttpResponse<String> answer = post(form("", "approve", "fine"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElse("")).startsWith("king?said=Counted");
        assertThat(votes).containsExactly("approver a1 APPROVE fine " + HASH);
    }

    @Test
    void rejectsOnlyWithAReasonAfterAPageOfItsOwn() throws Exception {
        assertThat(get("?reject=a1").body()).contains("Reject this?").contains("required");
        post(form("?reject=a1", "reject", " "));
        assertThat(votes).isEmpty();
        post(form("?reject=a1", "reject", "too dear"));
        assertThat(votes).containsExactly("approver a1 REJECT too dear " + HASH);
    }

    @Test
    void refusesAFormThatThisPageDidNotMake() throws Exception {
        Map<String, String> form = form("", "approve", "");
        form.put("seal", "0".repeat(64));
        assertThat(post(form).statusCode()).isEqualTo(403);
        Map<String, String> stolen = form("", "approve", "");
        login = "admin";
        assertThat(post(stolen).statusCode()).isEqualTo(403);
        assertThat(votes).isEmpty();
    }

    @Test
    void aPersonWithoutTheRoleDecidesNothing() throws Exception {
        login = "viewer";
        assertThat(post(form("", "approve", ""))
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .contains("needs+the+role");
        assertThat(votes).isEmpty();
    }

    @Test
    void saysWhyAVoteDoesNotCount() throws Exception {
        refusal = new VoteRefused(VoteRefused.Reason.ALREADY_VOTED, "you have voted");
        assertThat(post(form("", "approve", ""))
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .contains("you+have+voted");
    }

    @Test
    void aLoginThatIsNoUserSeesNothing() throws Exception {
        login = "stranger";
        assertThat(get("").body()).contains("belongs to no user").doesNotContain("Order food");
    }

    private HttpResponse<String> get(String query) throws Exception {
        return client.send(request(query).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/system/console/king" + query));
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

    /** The fields of the page's form, filled in. */
    private Map<String, String> form(String query, String decision, String notes) throws Exception {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        Matcher hidden = Pattern.compile("type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
                .matcher(get(query).body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        assertThat(fields).containsEntry("decision", decision);
        fields.put("notes", notes);
        return fields;
    }

    private KingPage page() {
        Users users = proxy(
                Users.class,
                (proxy, method, arguments) -> arguments[0].equals("stranger")
                        ? Optional.empty()
                        : Optional.of(new Identity(
                                String.valueOf(arguments[0]), Set.of(Role.of(String.valueOf(arguments[0]))))));
        Goals goals = proxy(Goals.class, (proxy, method, arguments) -> new Page<>(List.of(goal()), null));
        Routes routes = proxy(Routes.class, (proxy, method, arguments) -> List.of(route()));
        Evolution evolution = proxy(
                Evolution.class,
                (proxy, method, arguments) -> method.getName().equals("pointer")
                        ? new Pointer("pointer", 3, null, null, 0, 0)
                        : new Page<>(List.of(), null));
        Controls controls = proxy(Controls.class, (proxy, method, arguments) -> false);
        Agents agents = proxy(
                Agents.class,
                (proxy, method, arguments) ->
                        List.of(new Agents.Described("scribe", "Writes " + EVIL, List.of("note", "letter"), "LOW")));
        Tools tools = proxy(
                Tools.class,
                (proxy, method, arguments) -> List.of(
                        new Tools.Described("pay.back", Optional.empty(), "MISSING", List.of("a key of " + EVIL))));
        return new KingPage(users, goals, approvals(), routes, evolution, controls, agents, tools);
    }

    private Approvals approvals() {
        return proxy(Approvals.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "page":
                    return new Page<>(List.of(approval()), null);
                case "find":
                    return Optional.of(approval());
                case "votes":
                    return List.of();
                default:
                    if (refusal != null) {
                        throw refusal;
                    }
                    votes.add(((Identity) arguments[0]).name() + " " + arguments[1] + " " + arguments[2] + " "
                            + arguments[3] + " " + arguments[4]);
                    return approval();
            }
        });
    }

    private static Goal goal() {
        return new Goal(
                "g1",
                "goal",
                EVIL,
                Goal.Status.WAITING_APPROVAL,
                "PLAYBOOK",
                null,
                null,
                List.of(),
                false,
                null,
                null,
                null,
                "ann",
                false,
                1,
                NOW,
                null,
                0);
    }

    private static Approval approval() {
        return new Approval(
                "a1",
                Approval.Type.FINANCIAL,
                "Order food",
                EVIL,
                Risk.MEDIUM,
                2,
                List.of(EVIL),
                Map.of("note", EVIL),
                HASH,
                BigDecimal.TEN,
                "USD",
                Approval.Status.PENDING,
                1,
                false,
                "call",
                "k",
                "g1",
                null,
                "ann",
                null,
                NOW,
                NOW,
                null,
                null,
                0);
    }

    private static Route route() {
        Generation generation = new Generation("a/b", "Agent", "echo", "ai.king.agent.echo", "1.2.0", 9, Map.of());
        return new Route(generation, Route.State.CANARY, 10, 2, 40, 1, 1.5, 2, 9.25, 3);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
