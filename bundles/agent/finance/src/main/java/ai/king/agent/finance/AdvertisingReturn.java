/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Return on advertising by channel over the last 90 days. */
final class AdvertisingReturn implements Statement {

    private static final String HEADING = "Return on advertising";
    private static final int DAYS = 90;

    @Override
    public Result of(Books books) {
        Records advertising = books.table("advertising");
        Optional<LocalDate> last = books.lastDay();
        if (last.isEmpty() || advertising.isEmpty()) {
            return Result.noData(HEADING, "records of kind orders", "records of kind advertising");
        }
        LocalDate from = last.get().minusDays(DAYS - 1L);
        Flow flow = books.flow(from, last.get());
        if (flow.orders() == 0) {
            return Result.noData(HEADING, "orders in the last " + DAYS + " days");
        }
        BigDecimal contribution = flow.revenue()
                .subtract(flow.goods())
                .subtract(flow.variable())
                .divide(BigDecimal.valueOf(flow.orders()), MathContext.DECIMAL64);
        TreeMap<String, BigDecimal[]> channels = new TreeMap<>();
        advertising
                .lines()
                .filter(line ->
                        !line.date("date").isBefore(from) && !line.date("date").isAfter(last.get()))
                .forEach(line -> channels.merge(
                        line.text("channel"),
                        new BigDecimal[] {line.decimal("spend"), line.decimal("orders"), line.decimal("clicks")},
                        AdvertisingReturn::sum));
        List<Source> sources = books.sources(
                from,
                last.get(),
                "ROI = (tracked orders x contribution of an order - spend) / spend; contribution of an order = (revenue - goods -"
                        + " variable costs) / orders = " + Numbers.money(contribution));
        List<List<String>> rows = new ArrayList<>();
        List<Report.Block> advice = new ArrayList<>();
        Map<String, Object> data = new LinkedHashMap<>();
        channels.forEach((channel, sums) -> {
            if (sums[0].signum() > 0) {
                BigDecimal roi =
                        sums[1].multiply(contribution).subtract(sums[0]).divide(sums[0], MathContext.DECIMAL32);
                String perOrder = sums[1].signum() > 0
                        ? Numbers.money(sums[0].divide(sums[1], MathContext.DECIMAL32))
                        : "no data";
                rows.add(List.of(
                        channel,
                        Numbers.money(sums[0]),
                        sums[2].toPlainString(),
                        sums[1].toPlainString(),
                        perOrder,
                        Numbers.percent(roi)));
                data.put(channel, Numbers.share(roi.doubleValue()));
                if (roi.signum() < 0) {
                    advice.add(new Report.Advice(
                            "Spend less on " + channel + " or make it better",
                            "it brings less than it costs (ROI " + Numbers.percent(roi) + " over " + DAYS + " days)",
                            sources));
                }
            }
        });
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Table(
                "Last " + DAYS + " days, " + books.currency(),
                List.of("Channel", "Spend", "Clicks", "Orders", "Cost of an order", "ROI"),
                rows,
                sources));
        blocks.addAll(advice);
        return Result.of(HEADING, blocks, Map.of("roi", data));
    }

    private static BigDecimal[] sum(BigDecimal[] a, BigDecimal[] b) {
        return new BigDecimal[] {a[0].add(b[0]), a[1].add(b[1]), a[2].add(b[2])};
    }
}
