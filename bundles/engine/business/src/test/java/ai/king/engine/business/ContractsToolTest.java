/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.StoredDocument;
import ai.king.kit.ToolContract;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Page;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Contracts move only as the ledger says they stand. */
class ContractsToolTest extends ToolContract {

    private final TestStore store = new TestStore().withBusiness();
    private final ContractsTool tool = new ContractsTool(store, new WrittenLedger());
    private final StoredDocument contract = new Documents(store, store, TestStore.UNREAD)
            .add(
                    Actor.person("ann"),
                    "b-1",
                    "supply.md",
                    "text/markdown",
                    new ByteArrayInputStream("# Supply".getBytes(StandardCharsets.UTF_8)));

    /** What the store was told, entry by entry. */
    private final class WrittenLedger implements Ledger {
        @Override
        public Page<LedgerEntry> page(String cursor, int limit) {
            throw new UnsupportedOperationException("one subject at a time");
        }

        @Override
        public List<LedgerEntry> about(String subject) {
            return store.ledger().stream()
                    .map(line -> line.split(" ", 3))
                    .filter(parts -> parts[1].equals(subject))
                    .map(parts -> new LedgerEntry(
                            "e", null, Instant.EPOCH, "a", parts[0], parts[1], Json.readMap(parts[2]), null, null))
                    .toList();
        }

        @Override
        public Verification verify() {
            throw new UnsupportedOperationException("nothing is chained here");
        }
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
    }

    private ToolResult move(String key, String from, String to) {
        Map<String, Object> arguments = new HashMap<>(arguments());
        arguments.put("from", from);
        arguments.put("to", to);
        return tool.invoke(new ToolCall(key, Optional.of("b-1"), arguments));
    }

    @Override
    protected Tool tool() {
        return tool;
    }

    @Override
    protected Map<String, Object> arguments() {
        return Map.of(
                "contract", contract.id(), "sha256", contract.sha256(), "from", "draft", "to", "pending_signature");
    }

    @Override
    protected int effects(Tool used) {
        return (int) store.ledger().stream()
                .filter(line -> line.startsWith("contract.advanced"))
                .count();
    }

    @Test
    void goesFromDraftToItsEndStepByStep() {
        assertThat(tool.spec().effect()).isEqualTo(Effect.LEGAL);
        assertThat(move("k1", "draft", "pending_signature")).isInstanceOf(ToolResult.Ok.class);
        assertThat(move("k2", "pending_signature", "active")).isInstanceOf(ToolResult.Ok.class);
        assertThat(move("k3", "active", "terminated")).isInstanceOf(ToolResult.Ok.class);
        assertThat(move("k4", "draft", "pending_signature"))
                .asString()
                .contains("the contract is terminated, not draft");
        assertThat(effects(tool)).isEqualTo(3);
    }

    @Test
    void refusesALeapAndAStatusThatIsNotSo() {
        assertThat(move("k1", "draft", "active")).asString().contains("that is draft cannot become active");
        assertThat(move("k1", "active", "terminated")).asString().contains("the contract is draft, not active");
        assertThat(effects(tool)).isZero();
    }

    @Test
    void refusesADocumentThatIsNotTheOneThatWasRead() {
        Map<String, Object> arguments = new HashMap<>(arguments());
        arguments.put("sha256", "0".repeat(64));
        assertThat(tool.invoke(new ToolCall("k", Optional.of("b-1"), arguments)))
                .asString()
                .contains("another digest");
        arguments.put("contract", "other");
        assertThat(tool.invoke(new ToolCall("k", Optional.of("b-1"), arguments)))
                .asString()
                .contains("no document other");
        assertThat(effects(tool)).isZero();
    }

    @Test
    void tellsWhatBecameOfALostAnswer() {
        assertThat(tool.lookup("k1").orElseThrow()).isInstanceOf(ToolResult.Failed.class);
        ToolResult moved = move("k1", "draft", "pending_signature");
        assertThat(tool.lookup("k1")).contains(moved);
    }
}
