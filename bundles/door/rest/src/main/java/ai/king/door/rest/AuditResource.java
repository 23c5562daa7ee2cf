/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.store.Ledger;
import ai.king.store.LedgerEntry;
import java.time.Instant;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The ledger: what happened, chained by hashes. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

    private final Engines engines;

    AuditResource(Engines engines) {
        this.engines = engines;
    }

    /** One entry. */
    public record EntryView(
            @Nullable Long seq,
            Instant at,
            String actor,
            String action,
            String subject,
            Map<String, Object> data,
            @Nullable String hash,
            @Nullable String previousHash) {
        static EntryView of(LedgerEntry entry) {
            return new EntryView(
                    entry.seq(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.subject(),
                    entry.data(),
                    entry.hash(),
                    entry.previousHash());
        }
    }

    /** What recomputing the chain says. */
    public record Verified(boolean valid, long entries, long unsealed, @Nullable Long firstBroken) {}

    @GET
    @Needs(Role.VIEWER)
    @Says("Sealed entries, newest first; the cursor is the sequence")
    public Items<EntryView> list(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(engines.get(Ledger.class).page(slice.cursor(), slice.limit()), EntryView::of);
    }

    @GET
    @Path("/verify")
    @Needs(Role.VIEWER)
    @Says("Recomputes the chain")
    public Verified verify() {
        Ledger.Verification found = engines.get(Ledger.class).verify();
        return new Verified(
                found.valid(),
                found.entries(),
                found.unsealed(),
                found.firstBroken().orElse(null));
    }
}
