/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.watch;

import ai.king.gate.Approval;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of the steps of a time: nothing is counted in memory, so that neither a restart nor another node
 * changes it.
 *
 * @param models answers of models to these steps
 * @param from the time of the oldest step that was read
 */
public record Facts(List<Deed> deeds, List<ModelCall> models, Instant from, Instant until) {

    private static final int PAGE = 200;
    private static final Pattern NO_ACTION = Pattern.compile("^(\\S+) has no action (\\S+)$");
    private static final Pattern NO_AGENT = Pattern.compile("^the agent (\\S+)$");

    /** The built-in agent of a step that no planner could make anything else of. */
    private static final String PERSON = "person";

    private static final int LONGEST_WISH = 200;

    /** @param most steps at most, the newest; then they begin later than asked for */
    public static Facts since(Store store, Instant from, int most) {
        return store.read(reader -> read(reader, from, store.clock().instant(), most));
    }

    private static Facts read(Reader reader, Instant from, Instant until, int most) {
        List<Step> steps = newest(reader, from, most);
        Instant oldest =
                steps.size() < most ? from : timeOf(steps.get(steps.size() - 1).id());
        List<Call> chats = chats(reader, steps);
        Map<String, long[]> tokens = tokens(chats);
        Map<String, int[]> asked = asked(reader, steps);
        List<Deed> deeds = new ArrayList<>();
        for (Step step : steps) {
            boolean declined = step.status() == Step.Status.WAITING_INPUT
                    && !step.missing().isEmpty();
            if (step.status() == Step.Status.COMPLETED || step.status() == Step.Status.FAILED || declined) {
                deeds.add(deed(reader, step, declined, asked, tokens));
            }
        }
        return new Facts(List.copyOf(deeds), models(steps, chats), oldest, until);
    }

    private static Deed deed(
            Reader reader, Step step, boolean declined, Map<String, int[]> asked, Map<String, long[]> tokens) {
        int[] questions = asked.getOrDefault(step.id(), new int[2]);
        long[] used = tokens.getOrDefault(step.id(), new long[2]);
        Instant started = step.startedAt();
        Instant finished = step.finishedAt();
        boolean straight = step.status() == Step.Status.COMPLETED && step.attempts() == 0 && questions[0] == 0;
        return new Deed(
                step.id(),
                step.goalId(),
                step.agent(),
                step.status() == Step.Status.COMPLETED,
                declined,
                step.attempts(),
                step.status() == Step.Status.FAILED && step.error() != null ? step.error() : "",
                questions[0],
                questions[1],
                straight && started != null && finished != null
                        ? Optional.of(Duration.between(started, finished).toMillis())
                        : Optional.empty(),
                used[0],
                (int) used[1],
                lacks(reader, step));
    }

    /** What nobody here can do: the goal no planner had steps for, the action or the agent that is not there. */
    private static Optional<String> lacks(Reader reader, Step step) {
        if (step.agent().equals(PERSON)) {
            return reader.find(Goal.class, step.goalId()).map(goal -> wish(goal.text()));
        }
        Matcher action = NO_ACTION.matcher(step.error() == null ? "" : step.error());
        if (action.matches()) {
            return Optional.of(action.group(1) + ": " + action.group(2));
        }
        return step.missing().stream()
                .map(NO_AGENT::matcher)
                .filter(Matcher::matches)
                .map(Matcher::group)
                .findFirst();
    }

    /** The same wish in the same words, whatever its figures and its case. */
    static String wish(String text) {
        String words =
                text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", " ").strip();
        return words.length() <= LONGEST_WISH ? words : words.substring(0, LONGEST_WISH);
    }

    private static List<Call> chats(Reader reader, List<Step> steps) {
        List<Call> chats = new ArrayList<>();
        for (List<String> some : pieces(steps.stream().map(Step::id).toList())) {
            chats.addAll(reader.list(Query.of(Call.class).in("stepId", some).where("tool", "model")));
        }
        return chats;
    }

    private static Map<String, long[]> tokens(List<Call> chats) {
        Map<String, long[]> tokens = new HashMap<>();
        for (Call call : chats) {
            if (reply(call).get("usage") instanceof Map<?, ?> usage) {
                long[] sum = tokens.computeIfAbsent(call.stepId(), id -> new long[2]);
                sum[0] += number(usage.get("promptTokens")) + number(usage.get("completionTokens"));
                sum[1]++;
            }
        }
        return tokens;
    }

    private static List<ModelCall> models(List<Step> steps, List<Call> chats) {
        Map<String, String> agents = new HashMap<>();
        steps.forEach(step -> agents.put(step.id(), step.agent()));
        List<ModelCall> models = new ArrayList<>();
        for (Call call : chats) {
            Instant ended = call.finishedAt();
            if (ended != null && reply(call).get("model") instanceof String model) {
                models.add(new ModelCall(
                        call.stepId(),
                        agents.getOrDefault(call.stepId(), ""),
                        model,
                        Duration.between(call.startedAt(), ended).toMillis()));
            }
        }
        return List.copyOf(models);
    }

    private static Map<?, ?> reply(Call call) {
        Map<String, Object> result = call.result();
        return result != null && result.get("reply") instanceof Map<?, ?> reply ? reply : Map.of();
    }

    /** So many that one question of the store stays a small one. */
    private static List<List<String>> pieces(List<String> ids) {
        List<List<String>> pieces = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += PAGE) {
            pieces.add(ids.subList(i, Math.min(i + PAGE, ids.size())));
        }
        return pieces;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** By step, how many questions there were, and how many got no. */
    private static Map<String, int[]> asked(Reader reader, List<Step> steps) {
        Map<String, int[]> asked = new HashMap<>();
        for (List<String> some :
                pieces(steps.stream().map(Step::goalId).distinct().toList())) {
            for (Approval approval :
                    reader.list(Query.of(Approval.class).in("goalId", some).where("subjectKind", "call"))) {
                int end = approval.subject().indexOf(':');
                String step = end < 0 ? approval.subject() : approval.subject().substring(0, end);
                int[] counts = asked.computeIfAbsent(step, id -> new int[2]);
                counts[0]++;
                if (approval.status() == Approval.Status.REJECTED || approval.status() == Approval.Status.EXPIRED) {
                    counts[1]++;
                }
            }
        }
        return asked;
    }

    /** Ids begin with the time they were made at, so that their key serves as an index of time. */
    private static List<Step> newest(Reader reader, Instant from, int most) {
        Query<Step> since = Query.of(Step.class).where("id", Query.Comparison.GREATER_OR_EQUAL, firstId(from));
        List<Step> rows = new ArrayList<>();
        String cursor = null;
        do {
            Page<Step> page = reader.page(since.page(cursor, Math.min(PAGE, most - rows.size())));
            rows.addAll(page.items());
            cursor = page.next();
        } while (cursor != null && rows.size() < most);
        return rows;
    }

    private static String firstId(Instant at) {
        String hex = String.format("%012x", Math.max(0, at.toEpochMilli()));
        return hex.substring(0, 8) + "-" + hex.substring(8) + "-7000-8000-000000000000";
    }

    static Instant timeOf(String id) {
        return Instant.ofEpochMilli(Long.parseLong(id.substring(0, 8) + id.substring(9, 13), 16));
    }
}
