/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.StoredDocument;
import ai.king.engine.business.BusinessCall.NoEffect;
import ai.king.store.Actor;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Moves a contract to its next status. Where a contract stands is what the ledger says of its document: nothing else keeps it, so
 * that nothing can say otherwise. Sending, signing and ending are done by the two people who approve the call.
 */
@Component
@ToolName(ContractsTool.NAME)
public final class ContractsTool implements Tool {

    static final String NAME = "contracts.advance";

    private static final String MOVED = "contract.advanced";
    private static final String CALLED = "contract.called";
    private static final String DRAFT = "draft";
    /** Each status and those that may follow; expiry is a fact of the calendar and no call. */
    private static final Map<String, List<String>> NEXT = Map.of(
            DRAFT,
            List.of("pending_signature"),
            "pending_signature",
            List.of("active"),
            "active",
            List.of("terminated"));

    private static final String SCHEMA =
            """
            {"type":"object","additionalProperties":false,"required":["contract","sha256","from","to"],"properties":{
              "contract":{"type":"string","minLength":1,"maxLength":100,"description":"id of a document of the business"},
              "sha256":{"type":"string","pattern":"^[0-9a-f]{64}$","description":"of the document that people read"},
              "from":{"type":"string","enum":["draft","pending_signature","active"]},
              "to":{"type":"string","enum":["pending_signature","active","terminated"]}}}""";

    private final Store store;
    private final Ledger ledger;

    @Activate
    public ContractsTool(@Reference Store store, @Reference Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                NAME,
                "Records that a contract was sent for signature, became active or was terminated; two people approve it",
                SCHEMA,
                Effect.LEGAL);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        return BusinessCall.forBusiness(
                store,
                call,
                business -> store.write(
                        Actor.system("business"),
                        tx -> move(tx, call.key(), business.id(), new Arguments(call.arguments()))));
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        return Optional.of(before(key).orElseGet(() -> new ToolResult.Failed("the contract was not moved", true)));
    }

    /** What the same call came to before. */
    private Optional<ToolResult> before(String key) {
        return last(key, CALLED).map(entry -> ToolResult.ok(Map.copyOf(entry.data())));
    }

    private Optional<LedgerEntry> last(String subject, String action) {
        return ledger.about(subject).stream()
                .filter(entry -> entry.action().equals(action))
                .reduce((earlier, later) -> later);
    }

    private ToolResult move(Tx tx, String key, String business, Arguments arguments) {
        // One at a time in a business: what the ledger says stays so until this is stored.
        StoredBusinesses.locked(tx, business);
        before(key).ifPresent(known -> {
            throw new NoEffect(known);
        });
        String contract = arguments.text("contract");
        String from = arguments.text("from");
        String to = arguments.text("to");
        StoredDocument document = tx.find(StoredDocument.class, contract)
                .filter(found -> found.businessId().equals(business))
                .orElseThrow(() -> refused("no document " + contract + " of this business"));
        if (!document.sha256().equals(arguments.text("sha256"))) {
            throw refused("the document is not the one that was read: it has another digest");
        }
        String now = last(contract, MOVED)
                .map(entry -> String.valueOf(entry.data().get("to")))
                .orElse(DRAFT);
        if (!now.equals(from)) {
            throw refused("the contract is " + now + ", not " + from);
        }
        if (!NEXT.getOrDefault(from, List.of()).contains(to)) {
            throw refused("a contract that is " + from + " cannot become " + to);
        }
        Map<String, Object> fact = Map.of(
                "businessId", business, "contract", contract, "sha256", document.sha256(), "from", from, "to", to);
        tx.record(MOVED, contract, fact);
        tx.record(CALLED, key, fact);
        tx.enqueue(
                "business.updated", Map.of("id", business, "documentId", contract), "global", "business:" + business);
        return ToolResult.ok(fact);
    }

    private static NoEffect refused(String reason) {
        return new NoEffect(new ToolResult.Failed(reason, false));
    }
}
