/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.gate.Action;
import ai.king.store.Json;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls by their contents from a recording, as a step that runs again is answered, and never lets one go: no call is
 * ever fresh here. What was not recorded ends the performance. Used by the performing thread alone.
 */
final class ReplayJournal implements Journal {

    private static final int SHOWN = 120;
    private static final int FEWEST_WORDS = 8;

    private final Recording recording;
    private final Map<String, Call> calls = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final SortedMap<String, BigDecimal> cost = new TreeMap<>();
    private final SortedSet<String> attributes = new TreeSet<>();
    private String unrecorded = "";
    private boolean carries;
    private boolean changed;
    private int notes;
    private int answered;
    private long tokens;

    ReplayJournal(Recording recording) {
        this.recording = recording;
        recording.calls().forEach(call -> calls.put(call.key() + ":" + call.nth(), call));
    }

    /** What it asked for that was not recorded; empty when nothing was. */
    String unrecorded() {
        return unrecorded;
    }

    /** Whether that held words of the task: what was put into an address or a text can leave with it. */
    boolean carries() {
        return carries;
    }

    /** How often it said something to those who follow it. */
    int notes() {
        return notes;
    }

    /** Whether records of the business are others than they were. */
    boolean changed() {
        return changed;
    }

    int answered() {
        return answered;
    }

    /** Of models, as it was counted when the answers were real. */
    long tokens() {
        return tokens;
    }

    /** What the calls cost when they were real, by currency. */
    SortedMap<String, BigDecimal> cost() {
        return cost;
    }

    /** Names of the attributes it remembers entries with. */
    SortedSet<String> attributes() {
        return attributes;
    }

    @Override
    public void performedBy(String generation, String version) {
        // Nothing is stored of a rehearsal.
    }

    @Override
    public Goal goal() {
        return recording.goal();
    }

    /** As it was before it began: with no effect of its own yet. */
    @Override
    public Step step() {
        Step s = recording.step();
        return new Step(
                s.id(),
                s.goalId(),
                s.name(),
                s.agent(),
                s.action(),
                s.input(),
                s.dependsOn(),
                s.priority(),
                s.risk(),
                Step.Status.RUNNING,
                s.attempts(),
                null,
                s.missing(),
                null,
                null,
                null,
                null,
                null,
                s.marked(),
                null,
                null,
                s.startedAt(),
                null,
                s.version());
    }

    @Override
    public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String generation) {
        boolean effect = action.filter(a -> a.effect().changes()).isPresent();
        Optional<Map<String, Object>> answer = next(tool, arguments, effect);
        if (answer.isEmpty()) {
            String asked = tool + " " + Json.write(arguments);
            String words = recording.task().goal();
            carries = words.length() >= FEWEST_WORDS && asked.contains(words);
            throw missing(asked.length() > SHOWN ? asked.substring(0, SHOWN) + "..." : asked);
        }
        answered++;
        count(answer.get());
        return new Opened.Replayed(answer.get());
    }

    /** The recorded answer of this place; a read that is made once more than it was gets its first answer again. */
    private Optional<Map<String, Object>> next(String tool, Map<String, Object> arguments, boolean effect) {
        String key = Call.keyOf(tool, arguments);
        int nth = counts.merge(key, 1, Integer::sum) - 1;
        Call call = calls.get(key + ":" + nth);
        if (call == null && !effect) {
            call = calls.get(key + ":0");
        }
        return Optional.ofNullable(call).map(Call::result);
    }

    private Fenced missing(String asked) {
        unrecorded = asked;
        return new Fenced("not recorded: " + asked);
    }

    private void count(Map<String, Object> answer) {
        if (answer.get("cost") instanceof Map<?, ?> money) {
            cost.merge(
                    String.valueOf(money.get("currency")),
                    new BigDecimal(String.valueOf(money.get("amount"))),
                    BigDecimal::add);
        }
        if (answer.get("reply") instanceof Map<?, ?> reply && reply.get("usage") instanceof Map<?, ?> usage) {
            tokens += number(usage.get("promptTokens")) + number(usage.get("completionTokens"));
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public Map<String, Object> recorded(
            String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        Optional<Map<String, Object>> answer = next(what, arguments, false);
        return switch (what) {
            case "remember" -> remembered(arguments, answer);
            case "records" -> read(answer, value.get());
            case "now" -> answer.orElseGet(() -> Map.of("value", began().toString()));
            case "random" -> answer.orElseGet(() -> Map.of("value", seeded()));
                // Looks into the platform, which change nothing.
            case "can_chat", "recall", "generation" -> answer.orElseGet(value);
            default -> answer.orElseThrow(() -> missing(what));
        };
    }

    private Map<String, Object> remembered(Map<String, Object> arguments, Optional<Map<String, Object>> answer) {
        if (arguments.get("attributes") instanceof Map<?, ?> named) {
            named.keySet().forEach(name -> attributes.add(String.valueOf(name)));
        }
        return answer.orElse(Map.of("id", ""));
    }

    private Map<String, Object> read(Optional<Map<String, Object>> answer, Map<String, Object> now) {
        changed |= answer.isPresent() && !answer.get().equals(now);
        return now;
    }

    private Instant began() {
        Instant end = Objects.requireNonNullElse(
                recording.step().finishedAt(), recording.goal().createdAt());
        return Objects.requireNonNullElse(recording.step().startedAt(), end);
    }

    /** The same for every version. */
    private String seeded() {
        long seed = recording.step().id().hashCode() * 31L
                + counts.values().stream().mapToInt(Integer::intValue).sum();
        return Double.toString(new Random(seed).nextDouble());
    }

    @Override
    public void done(Call call, Map<String, Object> result) {
        throw new IllegalStateException("nothing was let go");
    }

    @Override
    public void notDone(Call call, Map<String, Object> answer) {
        throw new IllegalStateException("nothing was let go");
    }

    @Override
    public void unknown(Call call, String reason) {
        throw new IllegalStateException("nothing was let go");
    }

    @Override
    public void note(String text) {
        notes++;
    }

    @Override
    public Journal within(Call handedOn) {
        throw new IllegalStateException("nothing was let go");
    }

    @Override
    public void mark() {
        // Nothing comes of it that could carry the mark.
    }
}
