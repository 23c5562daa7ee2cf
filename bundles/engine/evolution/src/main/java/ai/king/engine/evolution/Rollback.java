/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Pointer;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the items of a promoted proposal back to what they were, byte for byte, in a new release. */
final class Rollback {

    private final Candidates candidates;

    Rollback(Candidates candidates) {
        this.candidates = candidates;
    }

    /** Throws {@link IllegalStateException} when a later release changed those items. */
    Proposal back(Tx tx, Proposal proposal, String by) {
        Lifecycle.check(proposal, Status.ROLLED_BACK);
        if (proposal.kind() == Kind.INFRASTRUCTURE) {
            throw new IllegalStateException(
                    "nothing of it was applied from here: propose the patch that takes it back");
        }
        Pointer pointer = Releases.lock(tx);
        Release made = release(tx, proposal);
        Release before = Releases.find(tx, made.parent())
                .orElseThrow(() -> new IllegalStateException("the release before it is not there any more"));
        Release now = Releases.permanent(tx);
        Set<String> changed = changed(made, before);
        refuseLaterChanges(made, now, changed);
        Release restored = Releases.add(tx, now.no(), proposal.id(), restored(now, before, changed));
        Pointer moved = moved(tx, pointer, restored, changed);
        tx.update(moved);
        return Lifecycle.move(
                tx, Draft.of(proposal), Status.ROLLED_BACK, "rolled back by " + by + " with release " + restored.no());
    }

    private static Release release(Tx tx, Proposal proposal) {
        Long no = proposal.release();
        return (no == null ? Optional.<Release>empty() : Releases.find(tx, no))
                .orElseThrow(() -> new IllegalStateException("it was never promoted"));
    }

    private static Set<String> changed(Release made, Release before) {
        List<Item> either = new ArrayList<>(Change.difference(made.items(), before.items()));
        either.addAll(Change.difference(before.items(), made.items()));
        return either.stream().map(Generations::key).collect(Collectors.toSet());
    }

    /** What was changed later and rolled back since is no later change. */
    private static void refuseLaterChanges(Release made, Release now, Set<String> changed) {
        Map<String, String> then = generations(made);
        Map<String, String> here = generations(now);
        for (String key : changed) {
            if (!Objects.equals(then.get(key), here.get(key))) {
                throw new IllegalStateException("a later release changed " + key + ": roll that back first");
            }
        }
    }

    private static Map<String, String> generations(Release release) {
        return release.items().stream().collect(Collectors.toMap(Generations::key, Generations::id, (a, b) -> a));
    }

    private static List<Item> restored(Release now, Release before, Set<String> changed) {
        Map<String, Item> items = new LinkedHashMap<>();
        now.items().forEach(item -> items.put(Generations.key(item), item));
        changed.forEach(items::remove);
        before.items().stream()
                .filter(item -> changed.contains(Generations.key(item)))
                .forEach(item -> items.put(Generations.key(item), item));
        return List.copyOf(items.values());
    }

    /** The pointer at the restored release; a trial that runs goes on on top of it, unless it changes the same plugs. */
    private Pointer moved(Tx tx, Pointer pointer, Release restored, Set<String> changed) {
        String other = pointer.trialProposal();
        Long trial = pointer.trial();
        if (other == null || trial == null) {
            return Releases.at(pointer, restored.no());
        }
        Proposal onTrial = Writes.locked(tx, other);
        Release tried = Releases.find(tx, trial).orElseThrow();
        Release under = Releases.find(tx, pointer.permanent()).orElseThrow();
        if (changed(tried, under).stream().anyMatch(changed::contains)) {
            Trials.end(tx, onTrial, "the release it was tried on was rolled back");
            return Releases.at(Releases.lock(tx), restored.no());
        }
        Release again =
                Releases.add(tx, restored.no(), onTrial.id(), Change.apply(onTrial, restored.items(), candidates));
        Pointer permanent = Releases.at(pointer, restored.no());
        return Releases.onTrial(permanent, again.no(), other, pointer.trialPercent());
    }
}
