/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.content.Contents;
import ai.king.evolution.Release.Item;
import ai.king.evolution.Released;
import ai.king.plug.Hash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the release that this node applies holds besides plugs. */
@Component(service = {Released.class, ReleasedItems.class})
public final class ReleasedItems implements Released {

    private volatile Now now = new Now(Map.of(), null);

    @Activate
    public ReleasedItems() {}

    private record Now(Map<String, List<Item>> permanent, @Nullable OnTrial trial) {}

    private record OnTrial(
            String proposal, int percent, Map<String, List<Item>> items, List<Item> changed, Tallies tallies) {

        boolean takes(String bucket) {
            return !bucket.isEmpty() && Hash.share(proposal, bucket) < percent * 100;
        }

        /** Whether the trial changes what a call was about. */
        boolean changes(String type, String about) {
            return changed.stream()
                    .anyMatch(item -> item.type().equals(type)
                            && (item.name().equals(about) || item.name().startsWith(about + "/")));
        }
    }

    /** Takes what was read with a target; figures of a trial that goes on stay. */
    void set(Content content) {
        OnTrial before = now.trial();
        OnTrial trial = content.trial()
                .map(fresh -> new OnTrial(
                        fresh.proposal(),
                        fresh.percent(),
                        byType(fresh.items()),
                        fresh.changed(),
                        before != null && before.proposal().equals(fresh.proposal())
                                ? before.tallies()
                                : new Tallies()))
                .orElse(null);
        now = new Now(byType(content.permanent()), trial);
    }

    /** What a release holds besides plugs, and the release on trial on this node. */
    record Content(List<Item> permanent, Optional<Trial> trial) {}

    /** @param changed the items that are not in the permanent release */
    record Trial(String proposal, int percent, List<Item> items, List<Item> changed) {}

    private static Map<String, List<Item>> byType(List<Item> items) {
        return items.stream().filter(item -> !Contents.plug(item)).collect(Collectors.groupingBy(Item::type));
    }

    @Override
    public List<Item> items(String type, String bucket) {
        Now here = now;
        OnTrial trial = here.trial();
        Map<String, List<Item>> items = trial != null && trial.takes(bucket) ? trial.items() : here.permanent();
        return items.getOrDefault(type, List.of());
    }

    @Override
    public void count(String type, String about, String bucket, long nanos, boolean failed) {
        OnTrial trial = now.trial();
        if (trial != null && trial.percent() > 0 && trial.changes(type, about)) {
            trial.tallies().add(trial.takes(bucket), bucket, nanos, failed);
        }
    }

    /** What was counted here for the trial of a proposal; nothing for another one. */
    public Tallies tallies(String proposal) {
        OnTrial trial = now.trial();
        return trial != null && trial.proposal().equals(proposal) ? trial.tallies() : new Tallies();
    }
}
