/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.access.Identity;
import ai.king.store.Page;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Proposals and releases. Bad input is {@link IllegalArgumentException}, a move its state forbids {@link IllegalStateException}. */
@ProviderType
public interface Evolution {

    /** Stores a proposal; checking goes on by itself. */
    Proposal propose(Identity by, NewProposal proposal);

    Optional<Proposal> find(String id);

    Page<Proposal> page(@Nullable String cursor, int limit);

    /** What happened to a proposal, oldest first: {@code at, actor, action, data}. */
    List<Map<String, Object>> history(String id);

    /** What the platform expected of a proposal it made by itself, and what became of that. */
    Optional<Expectation> expectation(String proposalId);

    Proposal withdraw(Identity by, String id);

    /** Ends a canary for good; never by its own author. */
    Proposal promote(Identity by, String id);

    /** Ends a canary and goes back. */
    Proposal abort(Identity by, String id);

    /** Puts this proposal's items back, byte for byte; refused when a later release changed them. */
    Proposal rollback(Identity by, String id);

    /** What became permanent, newest first, with its commit in the export to git. */
    Page<Accepted> accepted(@Nullable String cursor, int limit);

    Optional<Release> release(long no);

    Page<Release> releases(@Nullable String cursor, int limit);

    Pointer pointer();

    /**
     * A proposal as it is made.
     *
     * @param bundle the jar, for BUNDLE
     */
    record NewProposal(
            Proposal.Kind kind,
            String title,
            String description,
            Map<String, Object> change,
            Optional<String> placement,
            Optional<InputStream> bundle,
            Optional<InputStream> tests) {}
}
