/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.business.Business;
import ai.king.business.Businesses;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A business as the API shows it.
 *
 * @param revenue of all its records; null in lists and while there are no records
 * @param expenses likewise: goods, advertising and other costs
 * @param kpis counts that follow from its records
 */
public record BusinessView(
        String id,
        String name,
        String type,
        @Nullable String niche,
        String currency,
        String status,
        Instant statusSince,
        @Nullable String playbookId,
        @Nullable String riskProfile,
        @Nullable Cash revenue,
        @Nullable Cash expenses,
        @Nullable Map<String, Object> kpis,
        @Nullable List<String> recordKinds,
        Instant createdAt) {

    static BusinessView brief(Business business) {
        return of(business, null, null, null, null);
    }

    static BusinessView of(Business business, List<Businesses.Period> periods, Set<String> kinds) {
        List<String> recorded = kinds.stream().sorted().toList();
        if (periods.isEmpty()) {
            return of(business, null, null, Map.of(), recorded);
        }
        BigDecimal revenue = sum(periods, period -> period.revenue().amount());
        BigDecimal expenses = sum(periods, period -> period.costOfGoods().amount())
                .add(sum(periods, period -> period.advertising().amount()))
                .add(sum(periods, period -> period.otherCosts().amount()));
        long orders = periods.stream().mapToLong(Businesses.Period::orders).sum();
        return of(
                business,
                Cash.of(revenue, business.currency()),
                Cash.of(expenses, business.currency()),
                Map.of("orders", orders),
                recorded);
    }

    private static BigDecimal sum(List<Businesses.Period> periods, Function<Businesses.Period, BigDecimal> part) {
        return periods.stream().map(part).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BusinessView of(
            Business business,
            @Nullable Cash revenue,
            @Nullable Cash expenses,
            @Nullable Map<String, Object> kpis,
            @Nullable List<String> kinds) {
        return new BusinessView(
                business.id(),
                business.name(),
                business.type(),
                business.niche(),
                business.currency(),
                business.status().name(),
                business.statusSince(),
                business.playbookId(),
                business.riskProfile(),
                revenue,
                expenses,
                kpis,
                kinds,
                business.createdAt());
    }
}
