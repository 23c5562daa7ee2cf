/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.agent.Records;
import ai.king.business.Business;
import ai.king.business.Businesses.Health;
import ai.king.business.Businesses.Part;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The health score: 100 less 30 x the share of milestones not reached, 20 when the stage lasts over 1.5 x its typical time,
 * 10 for each overdue milestone, 5 for each blocker; never under 0. A milestone is a target of the running period or of one
 * that ended in the last 100 days, overdue when its period is over; a blocker is an article that is out of stock. A target
 * without data counts neither way and is named.
 */
final class HealthCheck {

    private static final Set<String> GOOD_WHEN_LOW = Set.of("bounce_rate", "churn_rate", "return_rate");
    private static final int LOOK_BACK_DAYS = 100;
    private static final String OUT_OF_STOCK =
            """
            SELECT s.sku FROM record_stock s WHERE s.business_id = ? AND s.on_hand = 0 AND s.day_on =
              (SELECT MAX(n.day_on) FROM record_stock n WHERE n.business_id = s.business_id AND n.sku = s.sku)
            ORDER BY s.sku""";

    private final Connection connection;
    private final Business business;
    private final LocalDate today;
    private final List<Part> parts = new ArrayList<>();

    HealthCheck(Connection connection, Business business, Instant now) {
        this.connection = connection;
        this.business = business;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        stageTime(now);
    }

    /** The score with its parts, what was taken off first. */
    Health examine() {
        milestones();
        for (String sku : outOfStock()) {
            parts.add(new Part(sku + " is out of stock", 5));
        }
        int taken = parts.stream().mapToInt(Part::points).sum();
        return new Health(Math.max(0, 100 - taken), List.copyOf(parts));
    }

    private void stageTime(Instant now) {
        Stages.typicalDays(business.status()).ifPresent(typical -> {
            long days = Duration.between(business.statusSince(), now).toDays();
            if (days > 1.5 * typical) {
                parts.add(new Part(
                        "in " + business.status() + " for " + days + " days, " + typical + " are typical", 20));
            }
        });
    }

    private void milestones() {
        Records targets = new RecordTable(connection, business.id(), RecordKind.TARGETS).rows(today, today);
        int known = 0;
        List<String> missed = new ArrayList<>();
        List<Part> overdue = new ArrayList<>();
        for (List<Object> row : targets.rows()) {
            String metric = (String) row.get(targets.column("metric"));
            Span span = Span.of((String) row.get(targets.column("period")));
            if (span.from().isAfter(today) || span.to().isBefore(today.minusDays(LOOK_BACK_DAYS))) {
                continue;
            }
            BigDecimal target = (BigDecimal) row.get(targets.column("target"));
            Optional<BigDecimal> value =
                    new Figures(connection, business.id()).indicator(metric, span.from(), span.to());
            String name = metric + " " + row.get(targets.column("period"));
            if (value.isEmpty()) {
                parts.add(new Part("no data for the target " + name, 0));
                continue;
            }
            known++;
            if (!reached(metric, value.get(), target)) {
                missed.add(name);
                if (span.to().isBefore(today)) {
                    overdue.add(new Part(
                            "target " + name + " was " + target + ", came to " + RecordTable.plain(value.get()), 10));
                }
            }
        }
        if (!missed.isEmpty()) {
            int points = Math.round(30f * missed.size() / known);
            parts.add(new Part(missed.size() + " of " + known + " targets are not reached", points));
        }
        parts.addAll(overdue);
    }

    private static boolean reached(String metric, BigDecimal value, BigDecimal target) {
        int order = value.compareTo(target);
        return GOOD_WHEN_LOW.contains(metric) ? order <= 0 : order >= 0;
    }

    private List<String> outOfStock() {
        List<String> skus = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(OUT_OF_STOCK)) {
            select.setString(1, business.id());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    skus.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of("reading stock", e);
        }
        return skus;
    }

    /** The days of a period such as {@code 2026}, {@code 2026-Q4} or {@code 2026-11}. */
    record Span(LocalDate from, LocalDate to) {

        static Span of(String period) {
            int year = Integer.parseInt(period.substring(0, 4));
            if (period.length() == 4) {
                return new Span(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
            }
            boolean quarter = period.charAt(5) == 'Q';
            int number = Integer.parseInt(period.substring(quarter ? 6 : 5));
            LocalDate from = LocalDate.of(year, quarter ? 3 * number - 2 : number, 1);
            return new Span(from, from.plusMonths(quarter ? 3 : 1).minusDays(1));
        }
    }
}
