/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prices that leave less than the minimum margin are raised to unit cost times the markup, rounded to .99. */
final class Pricing {

    private static final String TOOL = "storefront.set_price";
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final BigDecimal markup;
    private final BigDecimal minimumMargin;

    Pricing(BigDecimal markup, BigDecimal minimumMargin) {
        this.markup = markup;
        this.minimumMargin = minimumMargin;
    }

    /** The next price that ends in .99, nearest to cost times markup. */
    BigDecimal price(BigDecimal cost) {
        return cost.multiply(markup)
                .setScale(0, RoundingMode.HALF_UP)
                .max(BigDecimal.ONE)
                .subtract(CENT)
                .setScale(2, RoundingMode.UNNECESSARY);
    }

    static BigDecimal margin(BigDecimal price, BigDecimal cost) {
        return price.signum() <= 0
                ? BigDecimal.ONE.negate()
                : price.subtract(cost).divide(price, MathContext.DECIMAL32);
    }

    Outcome change(BusinessData business, AgentContext context) {
        Records products = Inventory.all(business, "products");
        if (products.isEmpty()) {
            return new Outcome.Declined(List.of("records of kind products"));
        }
        List<Source> sources = List.of(
                products.source("unit_cost and list_price", products.rows().size()),
                new Source.Formula("margin = (price - unit cost) / price; below " + percent(minimumMargin)
                        + " the price becomes unit cost x " + markup.toPlainString() + ", rounded to .99"));
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Records.Line line : products.lines().toList()) {
            BigDecimal cost = Cells.decimal(line, "unit_cost").orElse(BigDecimal.ZERO);
            BigDecimal old = line.decimal("list_price");
            if (cost.signum() <= 0 || margin(old, cost).compareTo(minimumMargin) >= 0) {
                continue;
            }
            BigDecimal next = price(cost);
            String reason =
                    "margin " + percent(margin(old, cost)) + " is under the minimum of " + percent(minimumMargin);
            ToolResult result = context.call(
                    TOOL, Map.of("sku", line.text("sku"), "price", next.toPlainString(), "reason", reason));
            if (result instanceof ToolResult.Missing missing) {
                return new Outcome.Declined(missing.missing());
            }
            if (result instanceof ToolResult.Ok) {
                changed.add(Map.of("sku", line.text("sku"), "from", old.toPlainString(), "to", next.toPlainString()));
            }
            rows.add(List.of(
                    line.text("sku"),
                    line.text("name"),
                    old.toPlainString(),
                    percent(margin(old, cost)),
                    next.toPlainString(),
                    percent(margin(next, cost)),
                    result instanceof ToolResult.Failed failed ? "not changed: " + failed.reason() : "changed"));
        }
        Report.Block block = rows.isEmpty()
                ? new Report.Text(
                        "Every price leaves at least the minimum margin of " + percent(minimumMargin) + ".", sources)
                : new Report.Table(
                        "Prices under the minimum margin",
                        List.of("Article", "Name", "Old price", "Old margin", "New price", "New margin", ""),
                        rows,
                        sources);
        return new Outcome.Done(
                Map.of("priceChanges", changed), new Report(List.of(new Report.Section("Prices", List.of(block)))));
    }

    static String percent(BigDecimal share) {
        return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
    }
}
