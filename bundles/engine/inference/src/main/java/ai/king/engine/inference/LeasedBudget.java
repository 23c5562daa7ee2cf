/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Reply;
import ai.king.inferences.Spend;
import ai.king.signals.Signals;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets per payer and UTC day of the database. A block is charged in the store before a call draws from it, so that no
 * number of nodes, and no kill, lets a day's limit be passed; a payer that is quiet gives back what it has not used. A block
 * is as large as what the payer set aside since the last one, within a second: after a kill no more stays charged than the calls under way had set aside, and
 * about a second's use.
 */
final class LeasedBudget implements Budget {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedBudget.class);
    private static final int SHARE = 20;
    private static final BigDecimal WARN = new BigDecimal("0.8");

    private final SpendRows rows;
    private final Bookings bookings;
    private final Clock clock;
    private final Limits limits;
    private final Signals signals;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    LeasedBudget(Store store, Limits limits, Signals signals) {
        this(store, limits, signals, store.clock());
    }

    LeasedBudget(Store store, Limits limits, Signals signals, Clock clock) {
        rows = new SpendRows(store);
        bookings = new Bookings(rows, clock);
        this.clock = clock;
        this.limits = limits;
        this.signals = signals;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    @Override
    public Reserved reserve(String payer, Optional<String> caller, String backend, long tokens, BigDecimal money) {
        Account account = accounts.computeIfAbsent(payer, name -> new Account(name, today()));
        account.lock.lock();
        try {
            LocalDate now = today();
            if (!account.day.equals(now)) {
                account.begin(now);
            }
            if (!account.covers(tokens, money)) {
                lease(account, tokens, money);
            }
            account.take(tokens, money);
            return new Hold(account, account.day, caller, backend, tokens, money);
        } catch (Exhausted e) {
            return new Refusal(Optional.of(refusal(account, e.tokens)), e.tokens);
        } catch (StoreUnavailable e) {
            return new Refusal(
                    Optional.of(new Reply.Unavailable(
                            "the budget cannot be asked: " + e.getMessage(), true, Optional.of(5L))),
                    true);
        } finally {
            account.lock.unlock();
        }
    }

    /** Charges the next block; under the account's lock. */
    private void lease(Account account, long tokens, BigDecimal money) {
        Limits.Limit limit = limits.of(account.payer);
        long need = tokens - account.tokens;
        BigDecimal cost = money.subtract(account.money);
        rows.written(account.payer, account.day, tx -> {
            Spend row = SpendRows.locked(tx, account.payer, account.day);
            long left = limit.tokens() - row.tokens();
            BigDecimal leftMoney = limit.money().subtract(row.money());
            if (need > left || cost.compareTo(leftMoney) > 0) {
                throw new Exhausted(need > left);
            }
            long surplus = Math.min(account.recent, limit.tokens() / SHARE);
            long block = Math.max(0, Math.min(left, need + surplus));
            BigDecimal blockMoney = cost.add(
                            cost.signum() > 0 && tokens > 0 ? share(money, surplus, tokens) : BigDecimal.ZERO)
                    .max(BigDecimal.ZERO)
                    .min(leftMoney);
            store(tx, row, row.plus(block, blockMoney), limit);
            tx.record("budget.leased", account.payer, Map.of("tokens", block, "money", blockMoney.toPlainString()));
            tx.afterCommit(() -> {
                account.tokens += block;
                account.money = account.money.add(blockMoney);
                account.recent = 0;
            });
            return true;
        });
    }

    private static BigDecimal share(BigDecimal money, long part, long whole) {
        return money.multiply(BigDecimal.valueOf(part)).divide(BigDecimal.valueOf(whole), 9, RoundingMode.UP);
    }

    private void store(Tx tx, Spend before, Spend after, Limits.Limit limit) {
        boolean much = !before.warned()
                && (BigDecimal.valueOf(after.tokens()).compareTo(WARN.multiply(BigDecimal.valueOf(limit.tokens()))) >= 0
                        || limit.money().signum() > 0 && after.money().compareTo(WARN.multiply(limit.money())) >= 0);
        tx.update(much ? after.told() : after);
        if (much) {
            tx.enqueue("system.alert", Map.of("kind", "budget", "payer", after.scope(), "day", after.day()), "global");
            tx.afterCommit(() -> {
                LOG.warn("{} has used 80 % of its budget of models for {}", after.scope(), after.day());
                signals.event("budget.warning", Map.of("payer", after.scope()));
            });
        }
    }

    private Reply.Unavailable refusal(Account account, boolean ofTokens) {
        Limits.Limit limit = limits.of(account.payer);
        Instant again = account.day.plusDays(1).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
        long seconds = Math.max(1, Duration.between(clock.instant(), again).toSeconds());
        String what = ofTokens
                ? limit.tokens() + " tokens"
                : "money, " + limit.money().toPlainString();
        signals.count("budget.refusals", 1, Map.of("payer", account.payer));
        return new Reply.Unavailable(
                "the day's budget of " + what + " for " + account.payer + " does not cover this call"
                        + (account.open > 0 ? " beside those under way" : "") + "; it works again at " + again,
                true,
                Optional.of(seconds));
    }

    /** Gives back what quiet payers have left and books what backends used; called about once a second. */
    void tidy() {
        for (Account account : accounts.values()) {
            account.lock.lock();
            try {
                if (!account.busy || !account.day.equals(today())) {
                    giveBack(account);
                }
                account.busy = false;
                account.recent = 0;
            } finally {
                account.lock.unlock();
            }
        }
        bookings.book();
    }

    /** The end of this node: nothing stays leased but what calls under way have set aside. */
    void close() {
        accounts.values().forEach(account -> {
            account.lock.lock();
            try {
                giveBack(account);
            } finally {
                account.lock.unlock();
            }
        });
        bookings.book();
    }

    private void giveBack(Account account) {
        if (account.tokens == 0 && account.money.signum() == 0) {
            return;
        }
        long tokens = account.tokens;
        BigDecimal money = account.money;
        rows.written(account.payer, account.day, tx -> {
            Spend row = SpendRows.locked(tx, account.payer, account.day);
            store(tx, row, row.plus(-tokens, money.negate()), limits.of(account.payer));
            tx.record(
                    "budget.settled",
                    account.payer,
                    Map.of("tokens", -tokens, "money", money.negate().toPlainString()));
            tx.afterCommit(() -> {
                account.tokens -= tokens;
                account.money = account.money.subtract(money);
                account.recent = 0;
            });
            return true;
        });
    }

    @Override
    public Used today(String backend) {
        return bookings.today(backend);
    }

    /** Rolls the write back that found too little left. */
    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean tokens;

        Exhausted(boolean tokens) {
            super("the budget is used up", null, false, false);
            this.tokens = tokens;
        }
    }

    private record Refusal(Optional<Reply.Unavailable> refusal, boolean everywhere) implements Reserved {
        @Override
        public void settle(long tokens, BigDecimal money) {
            // Nothing was set aside.
        }
    }

    /** What one call has set aside. */
    private final class Hold implements Reserved {
        private final Account account;
        private final LocalDate day;
        private final Optional<String> caller;
        private final String backend;
        private final long tokens;
        private final BigDecimal money;

        Hold(Account account, LocalDate day, Optional<String> caller, String backend, long tokens, BigDecimal money) {
            this.account = account;
            this.day = day;
            this.caller = caller;
            this.backend = backend;
            this.tokens = tokens;
            this.money = money;
        }

        @Override
        public Optional<Reply.Unavailable> refusal() {
            return Optional.empty();
        }

        @Override
        public boolean everywhere() {
            return false;
        }

        @Override
        public void settle(long used, BigDecimal cost) {
            account.lock.lock();
            try {
                account.open--;
                if (account.day.equals(day)) {
                    account.tokens += tokens - used;
                    account.money = account.money.add(money.subtract(cost));
                    account.recent += Math.max(0, used - tokens);
                }
            } finally {
                account.lock.unlock();
            }
            bookings.add(backend, day, caller, new Used(used, cost));
        }
    }
}
