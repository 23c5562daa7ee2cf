/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.engine.store.ChainedLedger;
import ai.king.engine.store.Database;
import ai.king.engine.store.TestDatabase;
import ai.king.inference.Reply;
import ai.king.inferences.Spend;
import ai.king.store.Json;
import ai.king.store.LedgerEntry;
import ai.king.store.Store;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeasedBudgetTest {

    private static final BigDecimal FREE = BigDecimal.ZERO;
    private static final String SHOP = "business:shop";

    private final Recorder signals = new Recorder();

    private LeasedBudget node(Store store, long tokens, String money) {
        return new LeasedBudget(store, new Limits(tokens, new BigDecimal(money), ""), signals);
    }

    private static Spend row(Store store, String scope) {
        LocalDate day = LocalDate.ofInstant(store.clock().instant(), ZoneOffset.UTC);
        return store.read(reader -> reader.find(Spend.class, Spend.id(scope, day)))
                .orElse(Spend.none(scope, day));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void refusesWhatTheDayDoesNotCoverAndSaysWhenItWorksAgain(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            LeasedBudget budget = node(database.store(), 1000, "1");
            Budget.Reserved first = budget.reserve(SHOP, "a", 900, FREE);
            assertThat(first.refusal()).isEmpty();
            Budget.Reserved second = budget.reserve(SHOP, "a", 200, FREE);
            Reply.Unavailable no = second.refusal().orElseThrow();
            assertThat(no.retriable()).isTrue();
            assertThat(no.reason()).contains("1000 tokens", SHOP, "beside those under way", "T00:00:00Z");
            assertThat(no.retryAfterSeconds().orElseThrow()).isBetween(1L, 86_400L);
            assertThat(second.everywhere()).isTrue();
            first.settle(100, FREE);
            assertThat(budget.reserve(SHOP, "a", 200, FREE).refusal()).isEmpty();
            assertThat(budget.reserve("business:other", "a", 900, FREE).refusal())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void refusesMoneyAndLeavesWhatIsFree(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            LeasedBudget budget = node(database.store(), 100_000, "0.50");
            budget.reserve(SHOP, "a", 10, new BigDecimal("0.40")).settle(10, new BigDecimal("0.40"));
            Budget.Reserved dear = budget.reserve(SHOP, "a", 10, new BigDecimal("0.20"));
            assertThat(dear.refusal().orElseThrow().reason()).contains("money, 0.50");
            assertThat(dear.everywhere()).isFalse();
            assertThat(budget.reserve(SHOP, "b", 10, FREE).refusal()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void neverPassesTheLimitOnTwoNodesAndBooksExactlyWhatWasUsed(TestDatabase.Kind kind) throws Exception {
        try (TestDatabase database = kind.open()) {
            long limit = 20_000;
            List<LeasedBudget> nodes = List.of(
                    node(database.store(), limit, "1"),
                    node(database.secondNode().store(), limit, "1"));
            AtomicLong used = new AtomicLong();
            AtomicLong refused = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(6);
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                LeasedBudget node = nodes.get(i % 2);
                callers.add(threads.submit(() -> {
                    for (int call = 0; call < 100; call++) {
                        Budget.Reserved reserved = node.reserve(SHOP, "a", 100, FREE);
                        if (reserved.refusal().isEmpty()) {
                            reserved.settle(60, FREE);
                            used.addAndGet(60);
                        } else {
                            refused.incrementAndGet();
                        }
                        if (call % 10 == 9) {
                            node.tidy();
                        }
                    }
                }));
            }
            for (Future<?> caller : callers) {
                caller.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            nodes.forEach(LeasedBudget::close);
            assertThat(used.get()).isLessThanOrEqualTo(limit).isGreaterThan(limit * 9 / 10);
            assertThat(refused.get()).isPositive();
            assertThat(row(database.store(), SHOP).tokens()).isEqualTo(used.get());
            assertThat(row(database.store(), "backend:a").tokens()).isEqualTo(used.get());
            assertThat(node(database.store(), limit, "1").today("a").tokens()).isEqualTo(used.get());
            assertThat(signals.events).containsExactly("budget.warning");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void leavesNoMoreChargedAfterAKillThanTheCallsUnderWayHadSetAside(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            LeasedBudget killed = node(database.store(), 10_000, "1");
            killed.reserve(SHOP, "a", 500, FREE).settle(300, FREE);
            killed.tidy();
            killed.tidy();
            assertThat(row(database.store(), SHOP).tokens()).isEqualTo(300);
            assertThat(killed.reserve(SHOP, "a", 700, FREE).refusal()).isEmpty();
            // Here it dies: nothing of it is closed.
            assertThat(row(database.store(), SHOP).tokens()).isEqualTo(1000);
            LeasedBudget next = node(database.secondNode().store(), 10_000, "1");
            assertThat(next.reserve(SHOP, "a", 9001, FREE).refusal()).isPresent();
            assertThat(next.reserve(SHOP, "a", 9000, FREE).refusal()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void chargesWhatACallUsedBeyondWhatItHadSetAside(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            LeasedBudget budget = node(database.store(), 1000, "1");
            budget.reserve(SHOP, "a", 100, FREE).settle(1500, FREE);
            assertThat(budget.reserve(SHOP, "a", 1, FREE).refusal()).isPresent();
            budget.close();
            assertThat(row(database.store(), SHOP).tokens()).isEqualTo(1500);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void writesWhoAskedHowOftenWithWhatABackendUsed(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            LeasedBudget budget = node(database.store(), 10_000, "1");
            for (String caller : List.of("ann", "bob", "ann")) {
                budget.reserve(SHOP, Optional.of(caller), "a", 100, FREE).settle(10, FREE);
            }
            budget.reserve("platform", "a", 100, FREE).settle(7, FREE);
            budget.reserve(SHOP, Optional.of("eve"), "a", 100, FREE).settle(0, FREE);
            budget.tidy();
            List<LedgerEntry> used = new ChainedLedger(new Database(database.dataSource()))
                    .about("backend:a").stream()
                            .filter(entry -> entry.action().equals("inference.used"))
                            .toList();
            assertThat(used).hasSize(1);
            assertThat(Json.readMap(Json.write(used.get(0).data())))
                    .isEqualTo(Json.readMap("{\"tokens\":37,\"calls\":4,\"callers\":{\"ann\":2,\"bob\":1}}"));
        }
    }

    @Test
    void beginsAnewAtMidnightUtc() {
        try (TestDatabase database = TestDatabase.h2()) {
            MovingClock clock = new MovingClock();
            LeasedBudget budget =
                    new LeasedBudget(database.store(), new Limits(1000, BigDecimal.ONE, ""), signals, clock);
            Budget.Reserved old = budget.reserve(SHOP, "a", 1000, FREE);
            Reply.Unavailable no = budget.reserve(SHOP, "a", 10, FREE).refusal().orElseThrow();
            assertThat(no.reason()).contains("works again at 2026-10-02T00:00:00Z");
            clock.now = clock.now.plusSeconds(no.retryAfterSeconds().orElseThrow());
            assertThat(budget.reserve(SHOP, "a", 1000, FREE).refusal()).isEmpty();
            old.settle(10, FREE);
            assertThat(budget.reserve(SHOP, "a", 10, FREE).refusal()).isPresent();
        }
    }

    @Test
    void refusesWhenTheStoreCannotBeAsked() throws Exception {
        try (TestDatabase database = TestDatabase.h2()) {
            LeasedBudget budget = node(database.store(), 1000, "1");
            ((AutoCloseable) database.dataSource()).close();
            assertThat(budget.reserve(SHOP, "a", 10, FREE)
                            .refusal()
                            .orElseThrow()
                            .retriable())
                    .isTrue();
        }
    }

    @Test
    void readsTheBudgetsOfSingleBusinesses() {
        Limits limits = new Limits(10, BigDecimal.ONE, "shop=5,0.25; other=7,1");
        assertThat(limits.of(SHOP)).isEqualTo(new Limits.Limit(5, new BigDecimal("0.25")));
        assertThat(limits.of("platform").tokens()).isEqualTo(10);
        assertThatThrownBy(() -> new Limits(10, BigDecimal.ONE, "shop=lots"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop=lots");
    }
}
