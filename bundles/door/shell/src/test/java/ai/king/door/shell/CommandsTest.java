/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agent.Source;
import ai.king.agents.Agents;
import ai.king.agents.Memories;
import ai.king.agents.Tools;
import ai.king.brain.Intent;
import ai.king.evolution.Evolution;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.Risk;
import ai.king.gate.Vote;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import ai.king.plug.Routes;
import ai.king.store.Page;
import ai.king.tool.Effect;
import ai.king.tool.ToolSpec;
import ai.king.work.Conversations;
import ai.king.work.Exchange;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;

final class CommandsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String HASH = "ab".repeat(32);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> votes = new ArrayList<>();
    private String typed = "yes";

    @Test
    void listsGoalsWithoutControlCharacters() throws Exception {
        GoalsCommand command = new GoalsCommand();
        command.users = users();
        command.goals = answering(Goals.class, "page", new Page<>(List.of(goal("do \u001b[31mit\nnow")), null));
        command.session = session();
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("g1", "COMPLETED", "do [31mit now", "2026-03-01 10:00:00")
                .doesNotContain("\u001b[31m");
    }

    @Test
    void listsToolsWithWhatTheyMiss() throws Exception {
        ToolsCommand command = new ToolsCommand();
        command.users = users();
        ToolSpec refund = ToolSpec.of("pay.back", "Pays it back.", "{}", Effect.WRITE);
        command.tools = answering(
                Tools.class,
                "list",
                List.of(
                        new Tools.Described("pay.back", Optional.of(refund), "READY", List.of()),
                        new Tools.Described("contract.move", Optional.empty(), "MISSING", List.of("a bundle"))));
        command.session = session();
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("pay.back", "READY", "WRITE", "Pays it back.", "contract.move", "MISSING", "misses a bundle");
    }

    @Test
    void showsAToolWithItsSchema() throws Exception {
        ToolsCommand command = new ToolsCommand();
        command.users = users();
        command.session = session();
        String schema = "{\"type\":\"object\",\n\"required\":[\"amount\"]}";
        ToolSpec refund = ToolSpec.of("pay.back", "Pays it \u001b[31mback.", schema, Effect.WRITE);
        command.tools = answering(
                Tools.class,
                "list",
                List.of(new Tools.Described("pay.back", Optional.of(refund), "READY", List.of("an account"))));
        command.name = "pay.back";
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "pay.back", "READY", "WRITE", "an account", "{\"type\":\"object\", \"required\":[\"amount\"]}")
                .doesNotContain("\u001b");
        command.name = "pay.more";
        assertThatThrownBy(() -> as("viewer", command)).hasMessageContaining("no tool pay.more");
    }

    @Test
    void listsAgentsWithTheirSkills() throws Exception {
        AgentsCommand command = new AgentsCommand();
        command.users = users();
        command.session = session();
        command.agents = answering(
                Agents.class,
                "list",
                List.of(new Agents.Described(
                        "pricing",
                        "Sets prices.",
                        List.of("reprice: sets the price of an article", "compare"),
                        "LOW")));
        command.routes = answering(Routes.class, "of", List.of());
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("pricing", "LOW", "reprice, compare", "Sets prices.")
                .doesNotContain("sets the price of an article");
    }

    @Test
    void showsWhatABusinessRemembersWithoutControlCharacters() throws Exception {
        Entry entry = new Entry("m1", "business:b-1", "research", "late \u001b[31mdelivery", true, Map.of(), NOW);
        MemoryCommand command = new MemoryCommand();
        command.users = users();
        command.session = session();
        command.business = "b-1";
        command.memories = answering(Memories.class, "recent", List.of(new Recalled(entry, 1)));
        as("viewer", command);
        command.text = "who is late";
        command.memories = answering(Memories.class, "recall", List.of(new Recalled(entry, 0.75)));
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("m1", "research", "late [31mdelivery", "yes", "0.75", "2026-03-01 10:00:00")
                .doesNotContain("\u001b[31m");
        command.forget = "m1";
        command.memories = untouched(Memories.class);
        assertThatThrownBy(() -> as("viewer", command)).hasMessageContaining("operator");
    }

    @Test
    void showsHowTheMemoriesStand() throws Exception {
        MemoryCommand command = new MemoryCommand();
        command.users = users();
        command.session = session();
        command.memories = answering(
                Memories.class,
                "indexes",
                List.of(new Memories.Index("pgvector", "g1", false, false, 7, "it misses the address")));
        as("viewer", command);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("pgvector", "g1", "no", "it misses the address");
    }

    @Test
    void nobodyWithoutALoginMayDoAnything() {
        GoalsCommand command = new GoalsCommand();
        command.users = users();
        assertThatThrownBy(command::execute).isInstanceOf(SecurityException.class);
    }

    @Test
    void theWrongRoleIsRefusedBeforeAnythingIsTouched() {
        PauseCommand pause = new PauseCommand();
        pause.users = users();
        pause.controls = untouched(Controls.class);
        assertThatThrownBy(() -> as("viewer", pause)).hasMessageContaining("operator");
        ApproveCommand approve = approve();
        approve.approvals = untouched(Approvals.class);
        assertThatThrownBy(() -> as("operator", approve)).hasMessageContaining("approver");
        RollbackCommand rollback = new RollbackCommand();
        rollback.users = users();
        rollback.evolution = untouched(Evolution.class);
        assertThatThrownBy(() -> as("approver", rollback)).hasMessageContaining("admin");
    }

    @Test
    void approvesExactlyThePayloadThatWasShown() throws Exception {
        as("approver", approve());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("\"supplier\" : \"Acme\"")
                .contains(HASH);
        assertThat(votes).containsExactly("approver a1 APPROVE " + HASH);
    }

    @Test
    void decidesNothingWithoutAYes() throws Exception {
        typed = "y";
        as("approver", approve());
        assertThat(votes).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("nothing was decided");
    }

    @Test
    void chatsAndShowsTheSourceAndWhatWaitsWithoutControlCharacters() throws Exception {
        ChatCommand command = new ChatCommand();
        command.users = users();
        command.session = session();
        command.text = "How much revenue in August?";
        command.conversations = answering(
                Conversations.class,
                "say",
                new Exchange(
                        "e1",
                        "c1",
                        command.text,
                        "Revenue: 169.98 USD\u001b[31m\nfrom 2 orders",
                        new Intent(Intent.Type.QUERY, Intent.Action.ANALYZE_BUSINESS, Map.of(), 1),
                        null,
                        List.of(new Exchange.Next(Exchange.Kind.APPROVAL, "a1", "Buy toys", Map.of())),
                        List.of(new Source.Rows("orders", "2026-08-01 to 2026-08-31", 3, HASH)),
                        NOW,
                        0));
        assertThatThrownBy(() -> as("viewer", command)).hasMessageContaining("operator");
        as("operator", command);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Revenue: 169.98 USD", "from 2 orders", "3 rows of orders, 2026-08-01 to 2026-08-31")
                .contains("king:approve a1")
                .doesNotContain("\u001b");
    }

    @Test
    void completesTheIdsOfOpenApprovals() {
        ApprovalIds ids = new ApprovalIds();
        ids.approvals = answering(Approvals.class, "page", new Page<>(List.of(approval()), null));
        assertThat(ids.approvals.page(Approvals.Filter.openQueue(), null, 5).items())
                .hasSize(1);
        ids.approvals = null;
        assertThat(ids.complete(session(), null, new ArrayList<>())).isEqualTo(-1);
    }

    @Test
    void everyCommandStandsInTheScopeAndIsFoundByTheShell() throws IOException {
        try (Stream<Path> classes = Files.list(Path.of("target/classes/ai/king/door/shell"))) {
            List<Class<?>> commands = classes.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith("Command.class"))
                    .<Class<?>>map(name -> type("ai.king.door.shell." + name.replace(".class", "")))
                    .toList();
            assertThat(commands).hasSizeGreaterThanOrEqualTo(19).allSatisfy(command -> {
                assertThat(Action.class).isAssignableFrom(command);
                assertThat(command.getAnnotation(Service.class)).isNotNull();
                assertThat(command.getAnnotation(Command.class).scope()).isEqualTo("king");
            });
            assertThat(commands)
                    .extracting(command -> command.getAnnotation(Command.class).name())
                    .doesNotHaveDuplicates();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private ApproveCommand approve() {
        ApproveCommand command = new ApproveCommand();
        command.users = users();
        command.session = session();
        command.id = "a1";
        command.approvals = proxy(Approvals.class, (proxy, method, arguments) -> {
            if (method.getName().equals("find")) {
                return Optional.of(approval());
            }
            if (method.getName().equals("vote")) {
                Identity voter = (Identity) arguments[0];
                votes.add(voter.name() + " " + arguments[1] + " " + arguments[2] + " " + arguments[4]);
                return approval();
            }
            return List.of(new Vote("v", "a1", "approver", Vote.Decision.APPROVE, "", NOW, 0));
        });
        return command;
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void as(String user, Action command) throws Exception {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        Subject.doAs(subject, (PrivilegedAction<Object>) () -> {
            try {
                return command.execute();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Users that are called like their role. */
    private static Users users() {
        return proxy(
                Users.class,
                (proxy, method, arguments) -> Optional.of(
                        new Identity(String.valueOf(arguments[0]), Set.of(Role.of(String.valueOf(arguments[0]))))));
    }

    private Session session() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return proxy(Session.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getConsole")) {
                return out;
            }
            return method.getName().equals("readLine") ? typed : null;
        });
    }

    private static <T> T answering(Class<T> type, String method, Object answer) {
        return proxy(type, (proxy, called, arguments) -> called.getName().equals(method) ? answer : null);
    }

    private static <T> T untouched(Class<T> type) {
        return proxy(type, (proxy, method, arguments) -> {
            throw new AssertionError("was touched: " + method);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Goal goal(String text) {
        return new Goal(
                "g1",
                "goal",
                text,
                Goal.Status.COMPLETED,
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
                NOW,
                0);
    }

    private static Approval approval() {
        return new Approval(
                "a1",
                Approval.Type.FINANCIAL,
                "Order food",
                "700 USD to Acme",
                Risk.MEDIUM,
                2,
                List.of("over 500"),
                Map.of("supplier", "Acme"),
                HASH,
                BigDecimal.valueOf(700),
                "USD",
                Approval.Status.APPROVED,
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
}
