/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.finance;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Works out the money side of a business from its records; every figure names its rows and its formula. */
@Component(configurationPid = "ai.king.agent.finance", configurationPolicy = REQUIRE)
@Designate(ocd = FinanceAgent.Config.class, factory = true)
@AgentName("finance")
@AgentProfile(
        description = "Says what a business earns and spends, how long its money lasts, and what to expect",
        risk = "MEDIUM",
        capabilities = {
            "plan: plans revenue, cost and cash of the next quarter, with everything below",
            "pnl: profit and loss by month",
            "cash_flow: cash by month, reserve days and account health",
            "unit_economics: what one order and one customer bring after all costs",
            "break_even: how many orders a month pay the fixed costs",
            "roi: return on advertising by channel",
            "forecast: revenue of the next quarter with intervals, back-tested"
        })
public final class FinanceAgent implements Agent {

    @ObjectClassDefinition(name = "Finance agent", description = "The money side of a business")
    @interface Config {
        @AttributeDefinition(description = "Weeks a forecast looks ahead")
        int forecast_weeks() default 13;

        @AttributeDefinition(description = "Probability that a forecast interval contains the truth, in percent")
        int interval() default 80;

        @AttributeDefinition(description = "Months of the profit and loss table")
        int months() default 12;
    }

    private final Map<String, Statement> statements;

    @Activate
    public FinanceAgent(Config config) {
        statements = new LinkedHashMap<>();
        statements.put("pnl", new ProfitAndLoss(config.months()));
        statements.put("cash_flow", new CashFlow(config.months()));
        statements.put("unit_economics", new UnitEconomics());
        statements.put("break_even", new BreakEven());
        statements.put("roi", new AdvertisingReturn());
        statements.put("forecast", new QuarterForecast(config.forecast_weeks(), config.interval()));
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Optional<BusinessData> business = context.business();
        if (business.isEmpty()) {
            return new Outcome.Declined(List.of("a business: name one with the goal"));
        }
        boolean all = task.action().isEmpty() || task.action().equals("plan");
        Statement one = statements.get(task.action());
        if (!all && one == null) {
            return new Outcome.Failed("finance has no action " + task.action(), false);
        }
        Books books = Books.of(business.get());
        List<Statement> wanted = one == null ? List.copyOf(statements.values()) : List.of(one);
        List<Statement.Result> results =
                wanted.stream().map(statement -> statement.of(books)).toList();
        if (results.stream().allMatch(result -> result.data().isEmpty())) {
            return new Outcome.Declined(results.stream()
                    .flatMap(result -> result.missing().stream())
                    .distinct()
                    .toList());
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("currency", books.currency());
        books.lastDay().ifPresent(day -> data.put("asOf", day.toString()));
        results.forEach(result -> data.putAll(result.data()));
        return new Outcome.Done(
                data, new Report(results.stream().map(Statement.Result::section).toList()));
    }
}
