/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.gate.Action;
import ai.king.gate.Approval.Status;
import ai.king.gate.Risk;
import ai.king.gate.Vote;
import ai.king.gate.VoteRefused.Reason;
import ai.king.tool.Effect;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules once more, written from the tables in words, as simply as can be: the engine must agree with it. */
final class GateModel {

    private record Payment(String key, LocalDate day, String payee, double amount) {}

    /** A question. */
    static final class Asked {
        Status status = Status.PENDING;
        int approvers;
        boolean legal;
        int atStake;
        String requestedBy = "";
        Instant expires = Instant.MAX;
        final Set<String> voted = new HashSet<>();
        boolean lawyer;
    }

    private final List<Payment> payments = new ArrayList<>();
    final Map<String, Asked> asked = new HashMap<>();

    /** ALLOW, ASK1, ASK2 or DENY. */
    String judge(Action action, Set<String> profiles, Instant now) {
        boolean spend = action.effect() == Effect.SPEND;
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        double amount = action.amount().map(m -> m.amount().doubleValue()).orElse(-1.0);
        if (spend && action.amount().filter(m -> !m.currency().equals("USD")).isPresent()) {
            return "DENY";
        }
        double total = spend && amount >= 0 ? amount + paid(day, action.payee().orElse("")) : -1;
        boolean passes = !(action.marked() && action.effect() != Effect.READ);
        double twoAbove = Double.MAX_VALUE;
        long daily = Long.MAX_VALUE;
        for (String profile : profiles) {
            passes &= spend ? total >= 0 && total <= maxSpend(profile) : allows(profile, action.effect());
            twoAbove = Math.min(twoAbove, twoAbove(profile));
            daily = Math.min(daily, daily(profile));
        }
        boolean tooMany = payments.stream().filter(p -> p.day.equals(day)).count() >= daily;
        Asked prior = asked.get(action.callKey());
        if (!passes && prior != null && prior.status == Status.REJECTED) {
            return "DENY";
        }
        if (!passes && prior != null && prior.status.open()) {
            return "ASK" + prior.approvers;
        }
        boolean grown = prior != null
                && prior.status == Status.APPROVED
                && atStake(action, total, spend && total < 0, twoAbove) > prior.atStake;
        if (!passes && (prior == null || prior.status == Status.EXPIRED || grown)) {
            return ask(action, total, spend && total < 0, twoAbove, now);
        }
        if (spend && tooMany) {
            return "DENY";
        }
        if (spend) {
            payments.add(new Payment(action.callKey(), day, action.payee().orElse(""), Math.max(amount, 0)));
        }
        return "ALLOW";
    }

    /** 0 low to 3 critical. */
    private static int atStake(Action action, double total, boolean noAmount, double twoAbove) {
        int effect =
                switch (action.effect()) {
                    case READ, READ_OUTSIDE, WRITE -> 0;
                    case PUBLISH, CODE -> 1;
                    case LEGAL, INFRASTRUCTURE -> 2;
                    case SPEND -> noAmount || total > twoAbove ? 2 : total > 100 ? 1 : 0;
                };
        return Math.max(effect, action.risk().ordinal());
    }

    private String ask(Action action, double total, boolean noAmount, double twoAbove, Instant now) {
        boolean high = action.risk().compareTo(Risk.HIGH) >= 0
                || action.effect() == Effect.INFRASTRUCTURE
                || noAmount
                || total > twoAbove;
        Asked question = new Asked();
        question.legal = action.effect() == Effect.LEGAL;
        question.approvers = high || question.legal ? 2 : 1;
        question.atStake = atStake(action, total, noAmount, twoAbove);
        question.requestedBy = action.requestedBy();
        boolean external = action.effect() == Effect.PUBLISH || action.effect() == Effect.READ_OUTSIDE;
        question.expires = now.plus(Duration.ofHours(external ? 12 : 24));
        asked.put(action.callKey(), question);
        return "ASK" + question.approvers;
    }

    /** The status after the vote, or the reason why it does not count. */
    String vote(Asked question, Identity voter, Vote.Decision decision, boolean rightHash, Instant now) {
        if (!voter.has(Role.APPROVER) && !voter.has(Role.LEGAL_APPROVER)
                || question.approvers == 2 && voter.name().equals(question.requestedBy)) {
            return Reason.NOT_ALLOWED.name();
        }
        if (question.voted.contains(voter.name())) {
            return Reason.ALREADY_VOTED.name();
        }
        if (question.status == Status.EXPIRED || question.status.open() && !now.isBefore(question.expires)) {
            return Reason.EXPIRED.name();
        }
        if (!question.status.open()) {
            return Reason.CLOSED.name();
        }
        if (!rightHash) {
            return Reason.OTHER_PAYLOAD.name();
        }
        question.voted.add(voter.name());
        question.lawyer |= voter.has(Role.LEGAL_APPROVER);
        if (decision == Vote.Decision.REJECT) {
            question.status = Status.REJECTED;
        } else {
            boolean enough = question.voted.size() >= question.approvers && (!question.legal || question.lawyer);
            question.status = enough ? Status.APPROVED : Status.PARTIAL;
        }
        return question.status.name();
    }

    void tick(Instant now) {
        asked.values().stream()
                .filter(question -> question.status.open() && !now.isBefore(question.expires))
                .forEach(question -> question.status = Status.EXPIRED);
    }

    void release(String key) {
        payments.removeIf(payment -> payment.key.equals(key));
    }

    private double paid(LocalDate day, String payee) {
        return payments.stream()
                .filter(payment -> payment.day.equals(day) && payment.payee.equals(payee))
                .mapToDouble(Payment::amount)
                .sum();
    }

    private static boolean allows(String profile, Effect effect) {
        return switch (profile) {
            case "conservative" -> effect == Effect.READ;
            case "moderate" -> Set.of(Effect.READ, Effect.READ_OUTSIDE, Effect.WRITE, Effect.PUBLISH)
                    .contains(effect);
            default -> effect != Effect.LEGAL;
        };
    }

    private static double maxSpend(String profile) {
        return switch (profile) {
            case "conservative" -> -1;
            case "moderate" -> 500;
            default -> 5000;
        };
    }

    private static double twoAbove(String profile) {
        return switch (profile) {
            case "conservative" -> 500;
            case "moderate" -> 2000;
            default -> 10000;
        };
    }

    private static long daily(String profile) {
        return switch (profile) {
            case "conservative" -> 10;
            case "moderate" -> 50;
            default -> 200;
        };
    }
}
