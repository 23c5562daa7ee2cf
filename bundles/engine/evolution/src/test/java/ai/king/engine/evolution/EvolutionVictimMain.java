/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.gate.GateEngine;
import ai.king.engine.gate.TestGate;
import ai.king.engine.store.Database;
import ai.king.engine.store.OpenDatabase;
import ai.king.engine.store.PiecewisePayloads;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.gate.DecisionListener;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused;
import ai.king.store.Actor.RequestKey;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.Query;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed: a node with the gate over a database that stays, and the people who decide. Arguments:
 * database URL, user, folder that stays. A proposal's title says what becomes of it: {@code live back abort reject
 * withdraw bad silent}.
 */
public final class EvolutionVictimMain {

    static final String FIXTURE = "ai.king.agent.fixture";
    static final String OTHER = "ai.king.agent.other";
    private static final Identity ADA = new Identity("ada", Set.of(Role.DEVELOPER));
    private static final Identity GRACE = new Identity("grace", Set.of(Role.ADMIN, Role.APPROVER));

    private final OpenDatabase database;
    private final GateEngine gate;
    private final TestNode node;
    private final Path folder;

    private EvolutionVictimMain(String url, String user, Path folder) {
        this.folder = folder;
        database = new OpenDatabase(url, user);
        gate = TestGate.over(database.store());
        node = new TestNode(
                folder,
                folder.resolve("plugs"),
                database.store(),
                new PiecewisePayloads(new Database(database.dataSource()), database.store()),
                new FakeStore(),
                new FakeNodes("one"),
                gate);
    }

    public static void main(String[] args) throws IOException {
        EvolutionVictimMain victim = new EvolutionVictimMain(args[0], args[1], Path.of(args[2]));
        victim.node.start(new FakeJail(), Map.of("canaryMinutes", 0), Map.of("settleSeconds", 0));
        TestGate.listen(victim.gate, () -> victim.node.framework().service(DecisionListener.class));
        victim.node.evolution();
        Waiting.until(
                () -> victim.database.store().read(Releases::pointer).isPresent(),
                () -> victim.node.nodes().node());
        HttpServer doors = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        doors.setExecutor(Executors.newCachedThreadPool());
        doors.createContext("/propose", exchange -> answer(exchange, victim::propose));
        doors.createContext("/state", exchange -> answer(exchange, victim::state));
        doors.createContext("/rollback", exchange -> answer(exchange, victim::rollback));
        doors.createContext("/end", exchange -> System.exit(0));
        doors.start();
        Thread people = new Thread(victim::decide, "people");
        people.setDaemon(true);
        people.start();
        System.out.println("PORT " + doors.getAddress().getPort());
        System.out.flush();
    }

    private interface Answer {
        String to(String text);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] body;
        int status = 200;
        try {
            body = answer.to(text).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            e.printStackTrace();
            status = 500;
            body = String.valueOf(e).getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A proposal under a key: asked again after a death it is not stored twice. */
    private String propose(String title) {
        Identity by = ADA.with(new RequestKey(title, Json.sha256(title)));
        Path jar = folder.resolve(title.replace(' ', '-') + ".jar");
        boolean bundle = Files.exists(jar);
        String plug = title.startsWith("live") ? FIXTURE : OTHER;
        Map<String, Object> change = bundle
                ? Map.of()
                : Map.of("plug", plug, "name", plug.substring(plug.lastIndexOf('.') + 1), "values", values(title));
        try (InputStream in = bundle ? Files.newInputStream(jar) : new ByteArrayInputStream(new byte[0])) {
            Proposal made = node.evolution()
                    .propose(
                            by,
                            new NewProposal(
                                    bundle ? Kind.BUNDLE : Kind.CONFIGURATION,
                                    title,
                                    "",
                                    change,
                                    Optional.empty(),
                                    bundle ? Optional.of(in) : Optional.empty(),
                                    Optional.empty()));
            return made.id();
        } catch (DuplicateRow before) {
            return "before";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> values(String title) {
        return title.startsWith("bad") ? Map.of("volume", 11) : Map.of("prefix", title + ": ");
    }

    private String rollback(String id) {
        return node.evolution().rollback(GRACE, id).status().name();
    }

    private void decide() {
        while (true) {
            for (Proposal proposal : all()) {
                try {
                    decide(proposal);
                } catch (VoteRefused | IllegalStateException faster) {
                    // The pipeline moved on since the proposal was read: looked at again.
                }
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void decide(Proposal proposal) {
        String fate = proposal.title().split(" ")[0];
        Status status = proposal.status();
        if (fate.equals("withdraw")
                && Set.of(Status.DRAFT, Status.VALIDATING, Status.READY).contains(status)) {
            node.evolution().withdraw(ADA, proposal.id());
        } else if (status == Status.READY && !fate.equals("silent")) {
            vote(proposal, fate.equals("reject") ? Vote.Decision.REJECT : Vote.Decision.APPROVE);
        } else if (status == Status.CANARY && fate.equals("abort")) {
            node.evolution().abort(GRACE, proposal.id());
        } else if (status == Status.CANARY
                && Boolean.TRUE.equals(Canary.stored(proposal).get("wide"))) {
            node.evolution().promote(GRACE, proposal.id());
        } else if (status == Status.COMPLETED && fate.equals("back")) {
            node.evolution().rollback(GRACE, proposal.id());
        }
    }

    private void vote(Proposal proposal, Vote.Decision decision) {
        gate.find(String.valueOf(proposal.approvalId()))
                .ifPresent(open -> gate.vote(TestGate.BEN, open.id(), decision, "", open.payloadSha256()));
    }

    private List<Proposal> all() {
        return database.store()
                .read(reader -> reader.list(Query.of(Proposal.class).ascending("createdAt")));
    }

    /** Everything a proof needs: proposals, what should run, what does, and what the ledger says how often of whom. */
    private String state(String more) {
        Map<String, Object> state = new LinkedHashMap<>();
        List<Object> proposals = new ArrayList<>();
        for (Proposal proposal : all()) {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("id", proposal.id());
            form.put("title", proposal.title());
            form.put("status", proposal.status().name());
            form.put("reason", proposal.reason());
            form.put("release", proposal.release());
            proposals.add(form);
        }
        state.put("proposals", proposals);
        Optional<Release> permanent = database.store()
                .read(reader -> Releases.pointer(reader).flatMap(now -> Releases.find(reader, now.permanent())));
        state.put(
                "pointer",
                database.store().read(Releases::pointer).map(Json::asMap).orElse(Map.of()));
        List<Item> items = permanent.map(Release::items).orElse(List.of());
        state.put("items", items.stream().map(Json::asMap).toList());
        state.put("wanted", items.stream().map(Generations::id).sorted().toList());
        state.put("applied", node.nodes().node().applied());
        state.put("error", node.nodes().node().error());
        state.put(
                "routes",
                node.routes().all().stream()
                        // The engine's own tool is in no release.
                        .filter(route -> !route.generation().id().equals("platform"))
                        .map(route -> Map.of(
                                "generation", route.generation().id(),
                                "name", route.generation().name(),
                                "version", route.generation().version(),
                                "state", route.state().name(),
                                "weight", route.weight()))
                        .toList());
        state.put("fixture", node.call("fixture", "g"));
        state.put("other", node.call("other", "g"));
        if (more.equals("ledger")) {
            state.put("ledger", ledger());
        }
        return Json.write(state);
    }

    private Map<String, Integer> ledger() {
        return database.store().read(reader -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            try (var statement = reader.connection().createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select action, subject, count(*) from ledger group by action, subject")) {
                while (rows.next()) {
                    counts.put(rows.getString(1) + " " + rows.getString(2), rows.getInt(3));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return counts;
        });
    }
}
