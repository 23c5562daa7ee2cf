/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.business.Businesses;
import ai.king.evolution.Evolution;
import ai.king.gate.Approvals;
import ai.king.store.Json;
import ai.king.work.Conversations;
import ai.king.work.Goals;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer of a request that did its work when the process died before it could answer: made again from what the work
 * was about, as it stands now.
 */
final class Recovered {

    private static final Pattern VOTE = Pattern.compile("/approvals/([^/]+)/votes");
    private static final Pattern TASK = Pattern.compile("/agents/[^/]+/tasks");

    private final Engines engines;
    private final JsonBody json = new JsonBody();

    Recovered(Engines engines) {
        this.engines = engines;
    }

    Repeats.Earlier answer(String path, String subject, Identity who) {
        return view(path.substring(ApiServlet.BASE.length()), subject, who)
                .orElseGet(() -> new Repeats.Earlier(200, Json.write(Map.of("id", subject))));
    }

    private Optional<Repeats.Earlier> view(String path, String subject, Identity who) {
        Matcher vote = VOTE.matcher(path);
        if (vote.matches()) {
            Approvals approvals = engines.get(Approvals.class);
            return approvals
                    .find(vote.group(1))
                    .map(approval -> as(200, ApprovalView.of(approval, approvals.votes(approval.id()))));
        }
        if (TASK.matcher(path).matches()) {
            Goals goals = engines.get(Goals.class);
            return goals.find(subject)
                    .map(goal -> as(
                            200,
                            TaskView.of(
                                    goal,
                                    goals.steps(goal.id()).stream().findFirst().orElse(null))));
        }
        return switch (path) {
            case "/goals" -> engines.get(Goals.class).find(subject).map(goal -> as(202, GoalView.brief(goal)));
            case "/businesses" -> engines.get(Businesses.class)
                    .find(subject)
                    .map(business -> as(201, BusinessView.brief(business)));
            case "/chat" -> engines.get(Conversations.class)
                    .exchange(who, subject)
                    .map(exchange -> as(200, ChatView.of(exchange)));
            case "/evolution/proposals" -> engines.get(Evolution.class)
                    .find(subject)
                    .map(proposal -> as(202, ProposalsResource.Accepted.of(proposal)));
            default -> Optional.empty();
        };
    }

    private Repeats.Earlier as(int status, Object view) {
        return new Repeats.Earlier(status, new String(json.write(view), java.nio.charset.StandardCharsets.UTF_8));
    }
}
