/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.business.Business;
import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.Approvals.Question;
import ai.king.gate.Gate;
import ai.king.gate.Reservation;
import ai.king.gate.RiskProfile;
import ai.king.gate.Verdict;
import ai.king.store.Json;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The one place where an effect is allowed, asked for, or refused. */
final class Judge implements Gate {

    private final Store store;
    private final Switches switches;
    private final ApprovalDesk desk;

    Judge(Store store, Switches switches, ApprovalDesk desk) {
        this.store = store;
        this.switches = switches;
        this.desk = desk;
    }

    /** What a spending counts against: the day's reservations of its business, and which currency the limits are in. */
    private record Day(List<Reservation> reservations, String currency) {

        BigDecimal paidTo(Optional<String> payee) {
            return reservations.stream()
                    .filter(r -> r.amount() != null && Objects.equals(r.payee(), payee.orElse(null)))
                    .map(r -> Objects.requireNonNull(r.amount()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    @Override
    public Verdict judge(Tx tx, Action action) {
        if (action.effect() != Effect.SPEND) {
            RiskProfile profile = switches.strictest(action.profiles());
            Rules.Finding finding = Rules.apply(profile, action, BigDecimal.ZERO);
            return finding.passes() ? new Verdict.Allow() : held(tx, action, profile, finding, Optional.empty());
        }
        Optional<Business> business = action.businessId().flatMap(id -> tx.lock(Business.class, id));
        return business.isEmpty() ? noBusiness() : judgeSpend(tx, action, business.get());
    }

    private Verdict judgeSpend(Tx tx, Action action, Business business) {
        Optional<Verdict> refused =
                otherCurrency(action, business).or(() -> PlaybookBudget.refused(tx, action, business.id()));
        if (refused.isPresent()) {
            return refused.get();
        }
        RiskProfile profile = switches.strictest(action.profiles());
        Day day = day(tx, business, tx.now(), action.callKey());
        Rules.Finding finding = Rules.apply(profile, action, day.paidTo(action.payee()));
        if (!finding.passes()) {
            return held(tx, action, profile, finding, Optional.of(day));
        }
        return reserve(tx, action, profile, day);
    }

    /** Asks, unless this very action was decided before. */
    private Verdict held(Tx tx, Action action, RiskProfile profile, Rules.Finding finding, Optional<Day> day) {
        Optional<Approval> latest = latest(tx, action.callKey());
        Question question = question(action, profile, finding, day);
        boolean same = latest.filter(a -> sameAction(a, question)).isPresent();
        if (latest.isPresent()) {
            Approval prior = latest.get();
            switch (prior.status()) {
                case PENDING, PARTIAL -> {
                    if (same) {
                        return new Verdict.Ask(prior);
                    }
                    desk.close(tx, prior.id(), "the action has changed");
                }
                case APPROVED -> {
                    if (same && !grown(prior, finding)) {
                        return day.map(d -> reserve(tx, action, profile, d)).orElseGet(Verdict.Allow::new);
                    }
                }
                case REJECTED -> {
                    return new Verdict.Deny("a person rejected it");
                }
                case EXPIRED -> {
                    // A person who lets the step go again is asked again.
                }
            }
        }
        return new Verdict.Ask(desk.open(tx, question, finding.approvers(), finding.legal()));
    }

    private Verdict reserve(Tx tx, Action action, RiskProfile profile, Day day) {
        if (day.reservations().size() >= profile.maxDailyTransactions()) {
            return overDailyLimit(profile);
        }
        if (tx.find(Reservation.class, action.callKey()).isEmpty()) {
            tx.insert(new Reservation(
                    action.callKey(),
                    action.businessId().orElseThrow(),
                    LocalDate.ofInstant(tx.now(), ZoneOffset.UTC),
                    action.amount().map(Money::amount).orElse(null),
                    action.amount().map(Money::currency).orElse(null),
                    action.payee().orElse(null),
                    0));
        }
        return new Verdict.Allow();
    }

    @Override
    public Verdict foresee(Action action) {
        RiskProfile profile = switches.strictest(action.profiles());
        return action.effect() == Effect.SPEND
                ? store.read(reader -> foreseeSpend(reader, action, profile))
                : foreseen(action, profile, Optional.empty());
    }

    private Verdict foreseeSpend(Reader reader, Action action, RiskProfile profile) {
        Optional<Business> business = action.businessId().flatMap(id -> reader.find(Business.class, id));
        if (business.isEmpty()) {
            return noBusiness();
        }
        Optional<Verdict> refused = otherCurrency(action, business.get())
                .or(() -> PlaybookBudget.refused(reader, action, business.get().id()));
        if (refused.isPresent()) {
            return refused.get();
        }
        Day today = day(reader, business.get(), store.clock().instant(), action.callKey());
        return today.reservations().size() >= profile.maxDailyTransactions()
                ? overDailyLimit(profile)
                : foreseen(action, profile, Optional.of(today));
    }

    private Verdict foreseen(Action action, RiskProfile profile, Optional<Day> day) {
        BigDecimal paid = day.map(d -> d.paidTo(action.payee())).orElse(BigDecimal.ZERO);
        Rules.Finding finding = Rules.apply(profile, action, paid);
        if (finding.passes()) {
            return new Verdict.Allow();
        }
        return new Verdict.Ask(ApprovalDesk.drawUp(
                "",
                store.clock().instant(),
                question(action, profile, finding, day),
                finding.approvers(),
                finding.legal()));
    }

    @Override
    public void release(Tx tx, String callKey) {
        if (tx.find(Reservation.class, callKey).isPresent()) {
            tx.delete(Reservation.class, callKey);
        }
    }

    @Override
    public List<RiskProfile> profiles() {
        return switches.file().profiles().values().stream()
                .sorted(Comparator.comparing(RiskProfile::maxSpendWithoutApproval)
                        .thenComparing(RiskProfile::name))
                .toList();
    }

    @Override
    public RiskProfile active() {
        return switches.active();
    }

    @Override
    public boolean paused() {
        return switches.paused();
    }

    private static Day day(Reader reader, Business business, Instant now, String callKey) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Reservation> others =
                reader
                        .list(Query.of(Reservation.class)
                                .where("businessId", business.id())
                                .where("day", today))
                        .stream()
                        .filter(r -> !r.id().equals(callKey))
                        .toList();
        return new Day(others, business.currency());
    }

    private static Optional<Verdict> otherCurrency(Action action, Business business) {
        return action.amount()
                .map(Money::currency)
                .filter(currency -> !currency.equals(business.currency()))
                .map(currency -> new Verdict.Deny(
                        "the limits are in " + business.currency() + " and there is no rate for " + currency));
    }

    private static Verdict noBusiness() {
        return new Verdict.Deny("spending needs a business: its currency and its day are what the limits count in");
    }

    private static Verdict overDailyLimit(RiskProfile profile) {
        return new Verdict.Deny("the " + profile.maxDailyTransactions() + " transactions a day of " + profile.name()
                + " are used up until midnight UTC");
    }

    private static Optional<Approval> latest(Tx tx, String callKey) {
        return tx.list(Query.of(Approval.class).where("subjectKind", "call").where("subject", callKey)).stream()
                .max(Comparator.comparing(Approval::createdAt).thenComparing(Approval::id));
    }

    private static boolean sameAction(Approval approval, Question question) {
        Object voted = approval.payload().get("action");
        Object now = question.payload().get("action");
        return voted != null
                && now != null
                && Json.digest(voted).equals(Json.digest(now))
                && approval.payloadSha256().equals(Json.digest(approval.payload()));
    }

    /** Whether more is at stake by now than people approved: payments that went out meanwhile, or a stricter profile. */
    private static boolean grown(Approval approved, Rules.Finding now) {
        return now.risk().compareTo(approved.risk()) > 0
                || now.approvers() > approved.approvers()
                || now.legal() && !approved.legal();
    }

    private static Question question(Action action, RiskProfile profile, Rules.Finding finding, Optional<Day> day) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("tool", action.tool());
        what.put("effect", action.effect().name());
        what.put("arguments", action.arguments());
        what.put("goalId", action.goalId());
        what.put("stepId", action.stepId());
        action.businessId().ifPresent(id -> what.put("businessId", id));
        action.amount().ifPresent(m -> what.put("amount", money(m)));
        action.payee().ifPresent(payee -> what.put("payee", payee));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("action", what);
        payload.put("description", action.description());
        payload.put("risk", finding.risk().name());
        payload.put("reasons", finding.reasons());
        payload.put("profile", profile.name());
        day.ifPresent(d ->
                payload.put("paidTodayToThisPayee", d.paidTo(action.payee()).toPlainString() + " " + d.currency()));
        return new Question(
                finding.type(),
                title(action),
                action.description(),
                finding.risk(),
                finding.reasons(),
                payload,
                action.amount(),
                "call",
                action.callKey(),
                Optional.of(action.goalId()),
                action.businessId(),
                action.requestedBy(),
                Optional.empty());
    }

    private static String title(Action action) {
        String amount = action.amount()
                .map(m -> " for " + m.amount().toPlainString() + " " + m.currency())
                .orElse("");
        return action.tool() + amount + action.payee().map(p -> " to " + p).orElse("");
    }

    private static Map<String, Object> money(Money money) {
        return Map.of("amount", money.amount().toPlainString(), "currency", money.currency());
    }
}
