/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import ai.king.tool.Effect;
import ai.king.tool.ToolResult;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a contract from draft over pending_signature and active to expired or terminated. What has legal force goes through a
 * tool of effect LEGAL, for which the gate always asks two people; a tool that declares another effect is not called.
 */
final class Lifecycle {

    static final String TOOL = "contracts.advance";

    /** Where a contract stands. */
    enum Status {
        DRAFT,
        PENDING_SIGNATURE,
        ACTIVE,
        EXPIRED,
        TERMINATED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        Set<Status> next() {
            return switch (this) {
                case DRAFT -> Set.of(PENDING_SIGNATURE);
                case PENDING_SIGNATURE -> Set.of(ACTIVE);
                case ACTIVE -> Set.of(EXPIRED, TERMINATED);
                case EXPIRED, TERMINATED -> Set.of();
            };
        }

        static Optional<Status> of(Object text) {
            return Arrays.stream(values())
                    .filter(status -> status.text().equals(text))
                    .findFirst();
        }
    }

    private record Move(Document document, Status from, Status to) {}

    private Lifecycle() {}

    static Outcome move(Task task, AgentContext context) {
        Optional<Document> document = context.business().map(BusinessData::documents).orElse(List.of()).stream()
                .filter(one -> one.id().equals(task.input().get("contract")))
                .findFirst();
        Optional<Status> from = Status.of(task.input().getOrDefault("status", ""));
        Optional<Status> to = Status.of(task.input().getOrDefault("to", ""));
        if (document.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return new Outcome.Declined(List.of(
                    "contract (id of a document of the business), status and to: each one of draft, pending_signature, active,"
                            + " expired, terminated"));
        }
        Move move = new Move(document.get(), from.get(), to.get());
        if (!move.from().next().contains(move.to())) {
            return new Outcome.Failed(
                    "a contract that is " + move.from().text() + " cannot become "
                            + move.to().text(),
                    false);
        }
        return move.to() == Status.EXPIRED ? expire(task, context, move) : act(context, move);
    }

    /** Expiry is a fact of the calendar: nobody acts, so nobody is asked. */
    private static Outcome expire(Task task, AgentContext context, Move move) {
        LocalDate today = context.now().atZone(ZoneOffset.UTC).toLocalDate();
        try {
            LocalDate ends = LocalDate.parse(String.valueOf(task.input().getOrDefault("ends", "")));
            return ends.isBefore(today)
                    ? done(move)
                    : new Outcome.Failed("the contract ends on " + ends + ", which has not passed", false);
        } catch (DateTimeParseException e) {
            return new Outcome.Declined(List.of("ends: the last day of the contract, as 2026-12-31"));
        }
    }

    private static Outcome act(AgentContext context, Move move) {
        boolean lawful =
                context.tools().stream().anyMatch(tool -> tool.name().equals(TOOL) && tool.effect() == Effect.LEGAL);
        if (!lawful) {
            return new Outcome.Declined(List.of("tool " + TOOL
                    + " with the effect LEGAL, so that two people approve: nothing was sent, signed or ended"));
        }
        ToolResult result = context.call(
                TOOL,
                Map.of(
                        "contract", move.document().id(),
                        "sha256", move.document().sha256(),
                        "from", move.from().text(),
                        "to", move.to().text()));
        if (result instanceof ToolResult.Missing missing) {
            return new Outcome.Declined(missing.missing());
        }
        if (result instanceof ToolResult.Failed failed) {
            return new Outcome.Failed(failed.reason(), failed.retriable());
        }
        if (result instanceof ToolResult.Unknown unknown) {
            return new Outcome.Failed(unknown.reason(), false);
        }
        return done(move);
    }

    private static Outcome done(Move move) {
        String text = move.document().name() + " was " + move.from().text() + " and is "
                + move.to().text() + " now.";
        Source source = new Source.Formula(
                "draft -> pending_signature -> active -> expired | terminated; status as it came with the task");
        return new Outcome.Done(
                Map.of(
                        "contract", move.document().id(),
                        "status", move.to().text(),
                        "next",
                                move.to().next().stream()
                                        .map(Status::text)
                                        .sorted()
                                        .toList(),
                        "disclaimer", LegalAgent.DISCLAIMER),
                new Report(List.of(
                        new Report.Section("Contract", List.of(new Report.Text(text, List.of(source)))),
                        LegalAgent.disclaimer())));
    }
}
