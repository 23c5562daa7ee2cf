/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.Money;
import ai.king.work.ModelUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The part of a report that says what models took and what that cost, as far as prices are configured. */
final class CostSection {

    static final String HEADING = "Cost of models";
    static final String UNPRICED = "no price configured";

    private static final int DECIMALS = 6;
    private static final List<Source> COUNTED = List.of(new Source.Formula(
            "tokens of prompts and answers as the backends counted them, of intent, plan and steps"));
    private static final List<Source> PRICED =
            List.of(new Source.Formula("tokens x king.backend.prices of the backend at the time of the call"));

    private CostSection() {}

    /** Empty for a goal that asked no model. */
    static Optional<Report.Section> of(List<ModelUse> uses) {
        if (uses.isEmpty()) {
            return Optional.empty();
        }
        List<Report.Block> blocks = new ArrayList<>();
        long tokens = uses.stream()
                .mapToLong(use -> use.promptTokens() + use.completionTokens())
                .sum();
        blocks.add(new Report.Figure("Tokens of models", Long.toString(tokens), "", COUNTED));
        Map<String, BigDecimal> money = new TreeMap<>();
        TreeSet<String> unpriced = new TreeSet<>();
        for (ModelUse use : uses) {
            use.cost()
                    .ifPresentOrElse(
                            cost -> money.merge(cost.currency(), cost.amount(), BigDecimal::add),
                            () -> unpriced.add(use.model() + " of backend " + use.backend()));
        }
        money.forEach(
                (currency, amount) -> blocks.add(new Report.Figure("Cost of models", plain(amount), currency, PRICED)));
        if (money.isEmpty()) {
            blocks.add(new Report.Figure("Cost of models", UNPRICED, "", PRICED));
        }
        if (!unpriced.isEmpty()) {
            blocks.add(new Report.Text(
                    "There is " + UNPRICED + " for " + String.join(", ", unpriced)
                            + (money.isEmpty() ? "." : ": its tokens are not in the money."),
                    List.of()));
        }
        blocks.add(new Report.Table(
                "What models took",
                List.of("For", "Model", "Backend", "Calls", "Prompt tokens", "Answer tokens", "Cost"),
                uses.stream().map(CostSection::row).toList(),
                COUNTED));
        return Optional.of(new Report.Section(HEADING, List.copyOf(blocks)));
    }

    private static List<String> row(ModelUse use) {
        return List.of(
                use.purpose(),
                use.model(),
                use.backend(),
                Long.toString(use.calls()),
                Long.toString(use.promptTokens()),
                Long.toString(use.completionTokens()),
                use.cost().map(CostSection::text).orElse(UNPRICED));
    }

    private static String text(Money money) {
        return plain(money.amount()) + " " + money.currency();
    }

    private static String plain(BigDecimal amount) {
        return amount.setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
