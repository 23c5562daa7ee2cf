/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.work.Exchange;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the platform itself is at: goals, approvals that wait, businesses. It shows approvals and cannot decide them. */
final class Desk {

    private static final int ROWS = 20;
    private static final int TITLE = 120;

    private final Goals goals;
    private final Approvals approvals;
    private final Businesses businesses;

    Desk(Goals goals, Approvals approvals, Businesses businesses) {
        this.goals = goals;
        this.approvals = approvals;
        this.businesses = businesses;
    }

    List<Exchange.Next> waiting() {
        return approvals.page(Approvals.Filter.openQueue(), null, ROWS).items().stream()
                .map(Desk::next)
                .toList();
    }

    private static Exchange.Next next(Approval approval) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("risk", approval.risk().name());
        detail.put("type", approval.type().name());
        detail.put("requiredApprovers", Integer.toString(approval.approvers()));
        detail.put("payloadSha256", approval.payloadSha256());
        detail.put("expiresAt", approval.expiresAt().toString());
        detail.put("decidedBy", "POST /api/v1/approvals/" + approval.id() + "/votes");
        return new Exchange.Next(Exchange.Kind.APPROVAL, approval.id(), shortened(approval.title()), detail);
    }

    static Exchange.Next next(Goal goal) {
        return new Exchange.Next(
                Exchange.Kind.GOAL,
                goal.id(),
                shortened(goal.text()),
                Map.of("status", goal.status().name(), "href", "/api/v1/goals/" + goal.id()));
    }

    /** @param vote whether the person tried to decide in the chat */
    Answer approvals(boolean vote) {
        List<Exchange.Next> open = waiting();
        String head = vote
                ? "Nothing was decided: a vote counts only where the whole request is shown, with its approval. "
                : "";
        if (open.isEmpty()) {
            return Answer.of(head + "Nothing waits for a decision.");
        }
        StringBuilder text = new StringBuilder(head)
                .append(open.size() == ROWS ? "At least " : "")
                .append(open.size())
                .append(open.size() == 1 ? " approval waits" : " approvals wait")
                .append(" for a decision; ./king approve, the console or POST /approvals/{id}/votes decides.");
        open.forEach(one -> text.append("\n- ")
                .append(one.detail().get("risk"))
                .append(' ')
                .append(one.title())
                .append(" (")
                .append(one.id())
                .append(")"));
        return new Answer(text.toString(), List.of(), open);
    }

    Answer goals(Question question) {
        String text = question.text().toLowerCase(Locale.ROOT);
        if (text.matches("(?s).*\\b(last|latest|newest|my)\\b.*\\bgoal\\b.*")) {
            return goals(goals.page(Optional.empty(), Optional.empty(), null, 1).items(), "The newest goal");
        }
        if (text.matches("(?s).*\\b(failed|failing)\\b.*")) {
            return goals(of(Stream.of(Goal.Status.FAILED)), "Goals that failed");
        }
        if (text.matches("(?s).*\\b(completed|finished|done)\\b.*")) {
            return goals(of(Stream.of(Goal.Status.COMPLETED)), "Goals that are completed");
        }
        return goals(
                of(Stream.of(Goal.Status.values()).filter(status -> !status.ended())), "Goals that have not ended");
    }

    private List<Goal> of(Stream<Goal.Status> statuses) {
        List<Goal> found = new ArrayList<>();
        statuses.forEach(status -> found.addAll(
                goals.page(Optional.of(status), Optional.empty(), null, ROWS).items()));
        return found;
    }

    private static Answer goals(List<Goal> found, String head) {
        if (found.isEmpty()) {
            return Answer.of(head + ": none.");
        }
        StringBuilder text = new StringBuilder(head + ": " + found.size() + ".");
        found.forEach(goal -> text.append("\n- ")
                .append(goal.status())
                .append(' ')
                .append(shortened(goal.text()))
                .append(" (")
                .append(goal.id())
                .append(")"));
        return new Answer(
                text.toString(),
                List.of(),
                found.stream().limit(ROWS).map(Desk::next).toList());
    }

    Answer businesses() {
        List<Business> all = businesses.page(null, 100).items();
        if (all.isEmpty()) {
            return Answer.of("There is no business yet. Tell me to start one, or create it.");
        }
        StringBuilder text = new StringBuilder(
                all.size() == 1 ? "There is 1 business:" : "There are " + all.size() + " businesses:");
        all.forEach(one -> text.append("\n- ")
                .append(one.name())
                .append(" (")
                .append(one.type())
                .append(", ")
                .append(one.status())
                .append(")"));
        return Answer.of(text.toString());
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= TITLE ? line : line.substring(0, TITLE - 1) + "…";
    }
}
