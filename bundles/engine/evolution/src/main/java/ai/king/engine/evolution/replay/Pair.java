/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.replay;

import ai.king.agent.Outcome;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** One recording, performed by the version that runs and by the one that wants to. */
record Pair(Recording recording, Take old, Take fresh) {

    private static final int KEYS = 3;
    private static final int LONGEST = 60;

    /** How the two compare. */
    enum Kind {
        SAME("the same answer"),
        DIFFERENT("another answer"),
        FAILS("a failure that the running version does not have"),
        MENDED("no failure where the running version fails"),
        FAILS_AS_BEFORE("a failure as before"),
        NOT_RECORDED("a call that was not recorded"),
        NO_COMPARISON("no comparison: the running version itself asks for what was not recorded");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Kind kind() {
        if (!old.unrecorded().isEmpty()) {
            return Kind.NO_COMPARISON;
        }
        if (!fresh.unrecorded().isEmpty()) {
            return Kind.NOT_RECORDED;
        }
        if (fresh.failed() || old.failed()) {
            return !old.failed() ? Kind.FAILS : fresh.failed() ? Kind.FAILS_AS_BEFORE : Kind.MENDED;
        }
        return same(old.outcome(), fresh.outcome()) ? Kind.SAME : Kind.DIFFERENT;
    }

    private static boolean same(Outcome one, Outcome other) {
        return Json.digest(one).equals(Json.digest(other));
    }

    /** What a person needs to know about it, on one line. */
    String told() {
        String data = old.changed() || fresh.changed() ? " (on records that changed since)" : "";
        return switch (kind()) {
            case SAME -> "the same answer" + data;
            case DIFFERENT -> "another answer: " + difference() + data;
            case FAILS -> "fails: " + reason(fresh) + data;
            case MENDED -> "no longer fails" + data;
            case FAILS_AS_BEFORE -> "fails as before: " + reason(fresh);
            case NOT_RECORDED -> "asks for what was not recorded: " + asked(fresh);
            case NO_COMPARISON -> "no comparison, the running version asks for " + old.unrecorded();
        };
    }

    /** Whether both end alike, and ask alike for what was not recorded. */
    boolean alike() {
        return old.unrecorded().equals(fresh.unrecorded()) && same(old.outcome(), fresh.outcome());
    }

    /** Where they part, on one line. */
    String parting() {
        if (!old.unrecorded().equals(fresh.unrecorded())) {
            return "the running version asks for " + (old.unrecorded().isEmpty() ? "nothing" : old.unrecorded())
                    + ", the new one for " + (fresh.unrecorded().isEmpty() ? "nothing" : asked(fresh));
        }
        return fresh.failed() ? "fails: " + reason(fresh) : "another answer: " + difference();
    }

    private static String asked(Take take) {
        return take.unrecorded() + (take.carries() ? ", with the words of its task in it" : "");
    }

    /** How the running version ended now, beside how it ended then. */
    String before() {
        boolean repeated =
                recording.outcome().filter(real -> same(real, old.outcome())).isPresent();
        return ending(old.outcome()) + (repeated ? ", as then" : "");
    }

    private static String ending(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return "done";
        }
        return outcome instanceof Outcome.Declined ? "declined" : "failed";
    }

    private static String reason(Take take) {
        return take.outcome() instanceof Outcome.Failed failed ? shortened(failed.reason()) : "";
    }

    private String difference() {
        if (!(old.outcome() instanceof Outcome.Done was) || !(fresh.outcome() instanceof Outcome.Done becomes)) {
            return ending(old.outcome()) + " -> " + ending(fresh.outcome())
                    + (fresh.outcome() instanceof Outcome.Declined declined
                            ? " for want of " + shortened(String.join(", ", declined.missing()))
                            : "");
        }
        TreeSet<String> keys = new TreeSet<>(was.data().keySet());
        keys.addAll(becomes.data().keySet());
        List<String> lines = new ArrayList<>();
        for (String key : keys) {
            String one = value(was.data(), key);
            String other = value(becomes.data(), key);
            if (!one.equals(other)) {
                lines.add(key + " " + shortened(one) + " -> " + shortened(other));
            }
        }
        if (lines.isEmpty()) {
            return "the same data, another report";
        }
        int more = lines.size() - KEYS;
        return String.join("; ", lines.subList(0, Math.min(KEYS, lines.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String value(Map<String, Object> data, String key) {
        return data.containsKey(key) ? Json.write(Objects.requireNonNullElse(data.get(key), "null")) : "(none)";
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
