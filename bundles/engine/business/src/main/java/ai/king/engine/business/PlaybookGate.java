/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.business.Playbook;
import ai.king.business.Playbook.Criterion;
import ai.king.business.PlaybookRun;
import ai.king.business.TransitionRefused;
import ai.king.store.Query;
import ai.king.store.Reader;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold before a business goes on: records say it, or people did. What nobody said does not hold. */
public final class PlaybookGate {

    private PlaybookGate() {}

    /**
     * What a gate of a run still requires; empty when it is open.
     *
     * @param now decides which records are of the past
     */
    public static List<String> unmet(Reader reader, PlaybookRun run, Playbook.Gate gate, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        PlaybookMetrics metrics = new PlaybookMetrics(reader.connection(), run.businessId(), today);
        List<String> unmet = new ArrayList<>();
        for (Criterion criterion : gate.all()) {
            boolean recorded = PlaybookMetrics.recorded(criterion.metric());
            Optional<String> value = recorded
                    ? metrics.value(criterion.metric()).map(BigDecimal::toPlainString)
                    : Optional.ofNullable(run.facts().get(criterion.metric()));
            if (value.isEmpty()) {
                unmet.add(criterion + ": " + (recorded ? "no data" : "nobody has reported it"));
            } else if (!holds(criterion, value.get())) {
                unmet.add(criterion + ": it is " + value.get());
            }
        }
        return List.copyOf(unmet);
    }

    /** Whether records tell a metric, so that nobody needs to report it. */
    public static boolean recorded(String metric) {
        return PlaybookMetrics.recorded(metric);
    }

    private static boolean holds(Criterion criterion, String value) {
        if (truth(criterion.value())) {
            return criterion.value().equals(value);
        }
        int order = new BigDecimal(value).compareTo(new BigDecimal(criterion.value()));
        return switch (criterion.operator()) {
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "==" -> order == 0;
            case "<=" -> order <= 0;
            default -> order < 0;
        };
    }

    /** Whether a value is one of the two truths, and no number. */
    public static boolean truth(String value) {
        return value.equals("true") || value.equals("false");
    }

    /** Throws {@link TransitionRefused} while the playbook of the business requires more before it goes there. */
    static void check(Reader reader, Business business, Business.Status to, Instant now) {
        String playbook = business.playbookId();
        if (playbook == null) {
            return;
        }
        reader.page(Query.of(PlaybookRun.class)
                        .where("businessId", business.id())
                        .where("playbookId", playbook)
                        .page(null, 1))
                .items()
                .forEach(run -> between(run.playbook(), business.status(), to).ifPresent(gate -> {
                    List<String> unmet = unmet(reader, run, gate, now);
                    if (!unmet.isEmpty()) {
                        throw new TransitionRefused(
                                "the playbook " + playbook + " requires more before " + to + ": "
                                        + String.join("; ", unmet),
                                unmet);
                    }
                }));
    }

    /** The gate between two statuses; none for the way back, to the end, or past the last stage. */
    private static Optional<Playbook.Gate> between(Playbook playbook, Business.Status from, Business.Status to) {
        return playbook.criteria().stream()
                .filter(gate -> status(playbook, gate.from()) == from && status(playbook, gate.to()) == to)
                .findFirst();
    }

    private static Business.Status status(Playbook playbook, String stage) {
        return playbook.stages().stream()
                .filter(one -> one.name().equals(stage))
                .map(Playbook.Stage::status)
                .findFirst()
                .orElseThrow();
    }
}
