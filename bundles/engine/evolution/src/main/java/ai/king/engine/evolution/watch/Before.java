/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.engine.evolution.watch.Metric.Measure;
import ai.king.engine.evolution.watch.Remedy.Configure;
import ai.king.engine.evolution.watch.Remedy.None;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an agent did better before it was changed last: then its former configuration can come back. */
final class Before {

    private final List<Release> releases;
    private final Symptom.Limits limits;
    private final Reckoning reckoning;

    /** @param releases the permanent one first, then its parents */
    Before(List<Release> releases, Symptom.Limits limits, Reckoning reckoning) {
        this.releases = releases;
        this.limits = limits;
        this.reckoning = reckoning;
    }

    /** The last change of an agent. */
    private record Changed(Item now, Item former, Release by) {}

    Remedy back(Symptom symptom, List<Deed> deeds) {
        Optional<Changed> change = change(symptom.subject());
        if (change.isEmpty()) {
            return new None("it was not changed in the releases that are looked back through");
        }
        Changed changed = change.get();
        Instant at = changed.by().at();
        Optional<Measure> before = measure(
                symptom,
                deeds.stream().filter(deed -> deed.begun().isBefore(at)).toList());
        Optional<Measure> since = measure(
                symptom,
                deeds.stream().filter(deed -> !deed.begun().isBefore(at)).toList());
        if (before.isEmpty() || since.isEmpty()) {
            return new None(
                    "too few steps before or since release " + changed.by().no() + ", which changed it, to compare");
        }
        if (!reckoning.better(since.get().value(), before.get().value())) {
            return new None("it was no better before release " + changed.by().no() + ", which changed it");
        }
        return restored(symptom, changed, before.get(), since.get());
    }

    private Optional<Measure> measure(Symptom symptom, List<Deed> deeds) {
        return symptom.metric()
                .measure(deeds, symptom.subject())
                .filter(measure -> measure.samples() >= limits.samples());
    }

    private Optional<Changed> change(String agent) {
        Item now = item(releases.get(0), agent);
        for (int i = 1; now != null && i < releases.size(); i++) {
            Item then = item(releases.get(i), agent);
            if (then == null) {
                return Optional.empty();
            }
            if (!then.equals(now)) {
                return Optional.of(new Changed(now, then, releases.get(i - 1)));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Item item(Release release, String agent) {
        return release.items().stream()
                .filter(item -> item.type().equals("Agent") && item.name().equals(agent))
                .findFirst()
                .orElse(null);
    }

    private static Remedy restored(Symptom symptom, Changed changed, Measure before, Measure since) {
        String unit = symptom.metric().unit();
        String found = symptom.metric().of(symptom.subject()) + " were " + before.value() + " " + unit + " of "
                + before.samples() + " before release " + changed.by().no() + " changed it, and are " + since.value()
                + " " + unit + " of " + since.samples() + " since";
        if (!changed.former().bundle().equals(changed.now().bundle())
                || !changed.former().placement().equals(changed.now().placement())) {
            // A used version is admitted never again: the way back to other bytes is a roll-back, which people do.
            return new None(found + "; to version " + changed.former().bundleVersion() + " a person rolls back"
                    + (changed.by().proposalId() == null
                            ? ""
                            : " with proposal " + changed.by().proposalId()));
        }
        Map<String, @Nullable Object> values = new HashMap<>();
        changed.now().values().keySet().forEach(key -> values.put(key, null));
        values.putAll(changed.former().values());
        values.entrySet()
                .removeIf(entry ->
                        Objects.equals(entry.getValue(), changed.now().values().get(entry.getKey())));
        return new Configure(
                changed.now(),
                values,
                "back to the configuration before release " + changed.by().no(),
                found + ": with its former configuration it does as before.");
    }
}
