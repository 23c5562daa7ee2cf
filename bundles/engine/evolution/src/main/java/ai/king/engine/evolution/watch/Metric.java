/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** What is measured of an agent, always so that less is better. */
public enum Metric {
    /** Tries that failed, of all tries. */
    FAILED_TRIES("%", "failed tries of") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String agent) {
            List<Deed> own = Deed.of(deeds, agent);
            return share(sum(own, Deed::failedTries), sum(own, Deed::tries));
        }
    },
    /** Steps that failed because something did not answer in time, of all that ended. */
    TIMED_OUT("%", "time-outs of") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String agent) {
            List<Deed> own = Deed.of(deeds, agent);
            return share(own.stream().filter(Metric::timedOut).count(), sum(own, deed -> deed.tries() > 0 ? 1 : 0));
        }
    },
    /** What people rejected or let expire, of what it asked them. */
    REFUSED("%", "refused questions of") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String agent) {
            List<Deed> own = Deed.of(deeds, agent);
            return share(sum(own, Deed::refused), sum(own, Deed::asked));
        }
    },
    /** Of 100 steps of all agents, those that nobody could do for want of this skill. */
    MISSING_SKILL("%", "steps that lack") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String skill) {
            return share(
                    deeds.stream()
                            .filter(deed -> deed.lacks().filter(skill::equals).isPresent())
                            .count(),
                    deeds.size());
        }
    },
    /** Median time of the steps that nothing made wait. */
    SLOW("ms", "median time of") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String agent) {
            List<Long> times = Deed.of(deeds, agent).stream()
                    .flatMap(deed -> deed.millis().stream())
                    .sorted()
                    .toList();
            return times.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Measure(BigDecimal.valueOf(times.get(times.size() / 2)), times.size()));
        }
    },
    /** Tokens of models for a step that asked one. */
    TOKENS("tokens", "tokens a step of") {
        @Override
        Optional<Measure> measure(List<Deed> deeds, String agent) {
            List<Deed> own = Deed.of(deeds, agent).stream()
                    .filter(deed -> deed.chats() > 0)
                    .toList();
            return own.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Measure(BigDecimal.valueOf(sum(own, Deed::tokens) / own.size()), own.size()));
        }
    };

    private static final Pattern LATE = Pattern.compile(
            "deadline|timed? ?out|timeout|took longer|no answer (with)?in|did not answer", Pattern.CASE_INSENSITIVE);

    private final String unit;
    private final String words;

    Metric(String unit, String words) {
        this.unit = unit;
        this.words = words;
    }

    /**
     * What was measured.
     *
     * @param samples it is made of
     */
    public record Measure(BigDecimal value, int samples) {}

    /** Empty where there is nothing to measure. */
    abstract Optional<Measure> measure(List<Deed> deeds, String subject);

    public String unit() {
        return unit;
    }

    /** As people read it: {@code failed tries of research}. */
    public String of(String subject) {
        return words + " " + subject;
    }

    /** Whether it failed because something did not answer in time. */
    static boolean timedOut(Deed deed) {
        return deed.failed() && LATE.matcher(deed.error()).find();
    }

    private static long sum(List<Deed> deeds, ToLongFunction<Deed> part) {
        return deeds.stream().mapToLong(part).sum();
    }

    private static Optional<Measure> share(long part, long all) {
        return all == 0
                ? Optional.empty()
                : Optional.of(new Measure(
                        BigDecimal.valueOf(100 * part).divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP),
                        (int) Math.min(all, Integer.MAX_VALUE)));
    }
}
