/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Businesses.Grain;
import ai.king.business.Businesses.Period;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Revenue, costs and indicators of one business. The database sums by day, so the cost of a figure grows with the days and
 * not with the objects; weeks and months are put together here. For one transaction.
 */
final class Figures {

    /** Cost of goods is at today's unit cost, of returned goods too: they are written off. */
    private static final String ORDERS_BY_DAY =
            """
            SELECT o.day_on,
              SUM(CASE WHEN o.status = 'completed' THEN o.quantity * o.unit_price - o.discount ELSE 0 END),
              SUM(CASE WHEN o.status <> 'cancelled' THEN o.quantity * p.unit_cost ELSE 0 END),
              SUM(CASE WHEN o.status <> 'cancelled' THEN 1 ELSE 0 END),
              SUM(CASE WHEN o.status <> 'cancelled' AND p.unit_cost IS NULL THEN 1 ELSE 0 END),
              SUM(CASE WHEN o.status = 'returned' THEN 1 ELSE 0 END)
            FROM record_orders o
            LEFT JOIN record_products p ON p.business_id = o.business_id AND p.sku = o.sku
            WHERE o.business_id = ? AND o.day_on BETWEEN ? AND ?
            GROUP BY o.day_on""";

    private static final String ADVERTISING_BY_DAY = "SELECT day_on, SUM(spend) FROM record_advertising"
            + " WHERE business_id = ? AND day_on BETWEEN ? AND ? GROUP BY day_on";

    private static final String COSTS_BY_DAY = "SELECT day_on, SUM(amount) FROM record_costs"
            + " WHERE business_id = ? AND day_on BETWEEN ? AND ? AND category <> 'cash_balance' GROUP BY day_on";

    private final Connection connection;
    private final String businessId;

    Figures(Connection connection, String businessId) {
        this.connection = connection;
        this.businessId = businessId;
    }

    /** Profit and loss by period, oldest first; the first and last period are cut to the range. */
    List<Period> pnl(LocalDate from, LocalDate to, Grain grain, String currency) {
        Map<LocalDate, Sums> periods = new TreeMap<>();
        Bucket bucket = day -> periods.computeIfAbsent(start(day, grain), first -> new Sums());
        collect(bucket, from, to);
        List<Period> answer = new ArrayList<>(periods.size());
        periods.forEach((start, sums) -> answer.add(sums.period(
                start.isBefore(from) ? from : start,
                end(start, grain).isAfter(to) ? to : end(start, grain),
                currency)));
        return List.copyOf(answer);
    }

    /**
     * An indicator over a range, by the names that targets use; percent for rates and margins. Empty when there is no data,
     * or no such indicator.
     */
    Optional<BigDecimal> indicator(String name, LocalDate from, LocalDate to) {
        return switch (name) {
            case "bounce_rate", "conversion_rate", "churn_rate" -> average(name, from, to);
            case "revenue", "orders", "gross_margin", "return_rate" -> {
                Sums sums = new Sums();
                collect(day -> sums, from, to);
                yield sums.indicator(name);
            }
            default -> Optional.empty();
        };
    }

    private void collect(Bucket bucket, LocalDate from, LocalDate to) {
        byDay(ORDERS_BY_DAY, from, to, (day, row) -> {
            Sums sums = bucket.of(day);
            sums.revenue = sums.revenue.add(row.getBigDecimal(2));
            sums.goods = sums.goods.add(orZero(row.getBigDecimal(3)));
            sums.orders += row.getLong(4);
            sums.withoutCost += row.getLong(5);
            sums.returned += row.getLong(6);
        });
        byDay(ADVERTISING_BY_DAY, from, to, (day, row) -> {
            Sums sums = bucket.of(day);
            sums.advertising = sums.advertising.add(row.getBigDecimal(2));
        });
        byDay(COSTS_BY_DAY, from, to, (day, row) -> {
            Sums sums = bucket.of(day);
            sums.other = sums.other.add(row.getBigDecimal(2));
        });
    }

    private Optional<BigDecimal> average(String column, LocalDate from, LocalDate to) {
        List<BigDecimal> found = new ArrayList<>(1);
        byDay(
                "SELECT MAX(day_on), AVG(" + column
                        + ") FROM record_metrics WHERE business_id = ? AND day_on BETWEEN ? AND ?",
                from,
                to,
                (day, row) -> Optional.ofNullable(row.getBigDecimal(2)).ifPresent(found::add));
        return found.stream().findFirst();
    }

    private void byDay(String sql, LocalDate from, LocalDate to, DayRow take) {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, businessId);
            select.setObject(2, from);
            select.setObject(3, to);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LocalDate day = rows.getObject(1, LocalDate.class);
                    if (day != null) {
                        take.row(day, rows);
                    }
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of("adding up figures", e);
        }
    }

    private static LocalDate start(LocalDate day, Grain grain) {
        return switch (grain) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private static LocalDate end(LocalDate start, Grain grain) {
        return switch (grain) {
            case DAY -> start;
            case WEEK -> start.plusDays(6);
            case MONTH -> start.with(TemporalAdjusters.lastDayOfMonth());
        };
    }

    private static BigDecimal orZero(@Nullable BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private interface DayRow {
        void row(LocalDate day, ResultSet row) throws SQLException;
    }

    private interface Bucket {
        Sums of(LocalDate day);
    }

    /** What a period adds up to. */
    private static final class Sums {
        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        private BigDecimal revenue = BigDecimal.ZERO;
        private BigDecimal goods = BigDecimal.ZERO;
        private BigDecimal advertising = BigDecimal.ZERO;
        private BigDecimal other = BigDecimal.ZERO;
        private long orders;
        private long withoutCost;
        private long returned;

        Period period(LocalDate from, LocalDate to, String currency) {
            BigDecimal profit = revenue.subtract(goods).subtract(advertising).subtract(other);
            return new Period(
                    from,
                    to,
                    money(revenue, currency),
                    money(goods, currency),
                    money(advertising, currency),
                    money(other, currency),
                    money(profit, currency),
                    margin(),
                    orders,
                    withoutCost);
        }

        Optional<BigDecimal> indicator(String name) {
            if (orders == 0) {
                return Optional.empty();
            }
            return switch (name) {
                case "revenue" -> Optional.of(revenue.setScale(2, RoundingMode.HALF_EVEN));
                case "orders" -> Optional.of(BigDecimal.valueOf(orders));
                case "gross_margin" -> Optional.ofNullable(margin()).map(HUNDRED::multiply);
                case "return_rate" -> Optional.of(share(BigDecimal.valueOf(returned), BigDecimal.valueOf(orders))
                        .multiply(HUNDRED));
                default -> Optional.empty();
            };
        }

        private @Nullable BigDecimal margin() {
            return revenue.signum() <= 0 ? null : share(revenue.subtract(goods), revenue);
        }

        private static BigDecimal share(BigDecimal part, BigDecimal whole) {
            return part.divide(whole, 4, RoundingMode.HALF_EVEN);
        }

        private static Money money(BigDecimal amount, String currency) {
            return new Money(amount.setScale(2, RoundingMode.HALF_EVEN), currency);
        }
    }
}
