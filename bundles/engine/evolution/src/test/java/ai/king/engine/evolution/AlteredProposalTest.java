/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.node.DataFolder;
import ai.king.engine.evolution.node.JarCache;
import ai.king.engine.evolution.testing.FakeApprovals;
import ai.king.engine.evolution.testing.FakeJail;
import ai.king.engine.evolution.testing.FakeNodes;
import ai.king.engine.evolution.testing.FakeStore;
import ai.king.engine.evolution.testing.TestNode;
import ai.king.engine.evolution.testing.Waiting;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.gate.Approval;
import ai.king.store.Actor;
import ai.king.store.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bit changed after people voted: always refused. */
class AlteredProposalTest {

    private static final String PLUG = "ai.king.agent.fixture";
    private static final byte[] ONE = PlugSource.echo(PLUG, "fixture", "1.0.0").jar();
    private static final byte[] TWO = PlugSource.echo(PLUG, "fixture", "2.0.0").jar();
    private static final byte[] OTHER =
            PlugSource.echo(PLUG, "fixture", "2.0.1").jar();
    private static final Identity ADA = new Identity("ada", Set.of(Role.ADMIN, Role.DEVELOPER));

    @TempDir
    Path work;

    private final FakeStore store = new FakeStore();
    private final FakeApprovals approvals = new FakeApprovals(store);
    private TestNode node;

    @BeforeEach
    void boot() throws IOException {
        Path plugs = Files.createDirectories(work.resolve("plugs"));
        Files.write(plugs.resolve("fixture.jar"), ONE);
        Files.writeString(plugs.resolve(PLUG + ".cfg"), "prefix = first \n");
        node = new TestNode(work.resolve("one"), plugs, store, new FakeNodes("one"), approvals).start(new FakeJail());
        node.awaitApplied(1);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Proposal ready(Kind kind, Map<String, Object> change, Optional<byte[]> jar) {
        String id = node.evolution()
                .propose(
                        ADA,
                        new NewProposal(
                                kind,
                                "A change",
                                "why",
                                change,
                                Optional.empty(),
                                jar.map(ByteArrayInputStream::new),
                                Optional.empty()))
                .id();
        Waiting.until(() -> find(id).status() == Status.READY, () -> find(id));
        return find(id);
    }

    private Proposal find(String id) {
        return node.evolution().find(id).orElseThrow();
    }

    /** Somebody with the database in hand changes one field of the row. */
    private void alter(String id, String field, Object value) {
        store.write(Actor.system("thief"), tx -> {
            tx.record("test.altered", id, Map.of());
            Map<String, Object> row = new HashMap<>(Json.asMap(Writes.locked(tx, id)));
            row.put(field, value);
            return tx.update(Json.convert(row, Proposal.class));
        });
    }

    private Proposal decided(Proposal ready, Status end) {
        node.decide(ready.approvalId(), Approval.Status.APPROVED);
        Waiting.until(() -> find(ready.id()).status() == end, () -> find(ready.id()));
        return find(ready.id());
    }

    @Test
    void whatIsAsItWasVotedGoesOnTrial() {
        assertThat(decided(ready(Kind.BUNDLE, Map.of(), Optional.of(TWO)), Status.CANARY)
                        .reason())
                .contains("on trial");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"title", "description", "author", "origin", "risk", "bundle", "tests", "placement", "findings"})
    void noFieldOfABundleMayDiffer(String field) {
        Proposal ready = ready(Kind.BUNDLE, Map.of(), Optional.of(TWO));
        Object other =
                switch (field) {
                    case "origin" -> "DEVELOPER";
                    case "risk" -> "HIGH";
                    case "bundle", "tests" -> store.keep(OTHER);
                    case "placement" -> "platform";
                    case "findings" -> java.util.List.of();
                    default -> flipped(String.valueOf(Json.asMap(ready).get(field)));
                };
        alter(ready.id(), field, other);
        if (field.equals("placement")) {
            // The agent is in the release already: it stays where it is, whatever this says.
            assertThat(decided(ready, Status.CANARY).placement()).isEqualTo("platform");
            return;
        }
        assertThat(decided(ready, Status.FAILED).reason()).contains("since the vote");
        assertThat(node.call("fixture", "g")).isEqualTo("first hello 1.0.0");
    }

    @Test
    void noBitOfAConfiguredValueMayDiffer() {
        for (int bit = 0; bit < 14; bit++) {
            Map<String, Object> values = Map.of("prefix", "ab");
            Proposal ready = ready(
                    Kind.CONFIGURATION, Map.of("plug", PLUG, "name", "fixture", "values", values), Optional.empty());
            char[] other = {'a', 'b'};
            other[bit / 7] ^= (char) (1 << bit % 7);
            alter(
                    ready.id(),
                    "change",
                    Map.of("plug", PLUG, "name", "fixture", "values", Map.of("prefix", new String(other))));
            assertThat(decided(ready, Status.FAILED).reason()).contains("has changed since the vote");
        }
    }

    @Test
    void whatPeopleReadMayNotDifferFromItsHash() {
        Proposal ready = ready(Kind.BUNDLE, Map.of(), Optional.of(TWO));
        approvals.find(ready.approvalId()).orElseThrow().payload().put("text", "nothing to see");
        assertThat(decided(ready, Status.FAILED).reason()).contains("people read has changed");
    }

    @Test
    void noByteOfAnArtefactMayDifferAtAnyPlace() throws IOException {
        String digest = store.keep(TWO);
        JarCache cache = new JarCache(new DataFolder(work.resolve("cache")), "jars");
        for (int at = 0; at < TWO.length; at++) {
            byte[] other = TWO.clone();
            other[at] ^= (byte) (1 << at % 8);
            store.damage(digest, other);
            assertThatThrownBy(() -> cache.file(digest, store))
                    .as("byte " + at)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("instead of " + digest);
        }
        store.damage(digest, TWO);
        Path file = cache.file(digest, store);
        for (int at = 0; at < TWO.length; at += 7) {
            byte[] other = TWO.clone();
            other[at] ^= (byte) (1 << at % 8);
            Files.write(file, other);
            assertThatThrownBy(() -> cache.file(digest, null)).as("byte " + at).isInstanceOf(IOException.class);
        }
        Files.write(file, OTHER);
        assertThat(Files.readAllBytes(cache.file(digest, store))).isEqualTo(TWO);
    }

    private static String flipped(String text) {
        return (char) (text.charAt(0) ^ 1) + text.substring(1);
    }
}
