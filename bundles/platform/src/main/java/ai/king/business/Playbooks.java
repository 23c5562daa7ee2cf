/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.store.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The playbooks of the release, and what runs of them. Bad input is {@link IllegalArgumentException}, a move its state forbids
 * {@link IllegalStateException}, an unknown id {@link java.util.NoSuchElementException}.
 */
@ProviderType
public interface Playbooks {

    /** The playbooks of the permanent release, by id. */
    List<Stored> all();

    Optional<Stored> find(String id);

    /** The playbook of a text, with the agents that are there now; throws {@link PlaybookRefused}. */
    Playbook check(String text);

    /**
     * Begins at the stage that the business is in. One run a business at a time; it keeps the playbook as it is now. Files a
     * goal a stage, waits for what the gate to the next one requires, and moves the business on.
     */
    PlaybookRun start(Actor by, String businessId, String playbookId);

    Optional<PlaybookRun> run(String id);

    /** Ends a run and the goal of its stage. */
    PlaybookRun cancel(Actor by, String id);

    /**
     * Says what no record shows, for the gates of a run: numbers in plain digits, {@code true} or {@code false}. Who said it
     * stands in the ledger. Only metrics that a gate of the playbook asks for, and only those that records do not tell.
     */
    PlaybookRun report(Actor by, String id, Map<String, String> facts);

    /**
     * A playbook of the release.
     *
     * @param version counts its changes, from 1
     * @param sha256 of the text, lower-case hex
     */
    record Stored(String id, String version, String sha256, String text, Playbook playbook) {}
}
