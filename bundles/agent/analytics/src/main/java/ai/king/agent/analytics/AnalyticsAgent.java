/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.analytics;

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

/** Works out what the records of a business say, by statistics alone; every figure names its rows. */
@Component(configurationPid = "ai.king.agent.analytics", configurationPolicy = REQUIRE)
@Designate(ocd = AnalyticsAgent.Config.class, factory = true)
@AgentName("analytics")
@AgentProfile(
        description = "Says what the numbers of a business mean: figures against targets, trends, seasons, oddities",
        capabilities = {
            "analyze: analyses the business: key figures, trends, seasons, anomalies, cohorts and alerts together",
            "kpis: compares the key figures of the last full quarter with their targets",
            "trends: finds whether revenue and orders grow or shrink once the season is taken out",
            "seasonality: shows how revenue depends on the month and the day of the week",
            "anomalies: finds odd days, prices, double entries, returns and stock-outs in the records",
            "cohort: shows how many customers of each month order again",
            "alerts: warns when conversion, bounce or churn cross their limits"
        })
public final class AnalyticsAgent implements Agent {

    @ObjectClassDefinition(name = "Analytics agent", description = "What the numbers of a business say")
    @interface Config {
        @AttributeDefinition(description = "Share of the target from which a figure is on track, in percent")
        int on_track() default 90;

        @AttributeDefinition(description = "Share of the target from which a figure is at risk, in percent")
        int at_risk() default 70;

        @AttributeDefinition(description = "Robust z-score from which a day counts as an anomaly")
        double anomaly_score() default 6.0;

        @AttributeDefinition(description = "Days that alerts look back")
        int alert_days() default 7;
    }

    private final Map<String, Analysis> analyses;

    @Activate
    public AnalyticsAgent(Config config) {
        analyses = new LinkedHashMap<>();
        analyses.put("kpis", new Kpis(config.on_track(), config.at_risk()));
        analyses.put("trends", new Trends());
        analyses.put("seasonality", new Seasonality());
        analyses.put("anomalies", new Anomalies(config.anomaly_score()));
        analyses.put("cohort", new Cohorts());
        analyses.put("alerts", new Alerts(config.alert_days()));
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Optional<BusinessData> business = context.business();
        if (business.isEmpty()) {
            return new Outcome.Declined(List.of("a business: name one with the goal"));
        }
        boolean all = task.action().isEmpty() || task.action().equals("analyze");
        if (!all && !analyses.containsKey(task.action())) {
            return new Outcome.Failed("analytics has no action " + task.action(), false);
        }
        Book book = Book.of(business.get());
        List<Analysis> wanted =
                all ? List.copyOf(analyses.values()) : List.of(analyses.getOrDefault(task.action(), new Trends()));
        List<Analysis.Finding> findings =
                wanted.stream().map(analysis -> analysis.of(book)).toList();
        List<String> missing = findings.stream()
                .flatMap(finding -> finding.missing().stream())
                .distinct()
                .toList();
        if (findings.stream().allMatch(finding -> finding.data().isEmpty())) {
            return new Outcome.Declined(missing);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        book.lastDay().ifPresent(day -> data.put("asOf", day.toString()));
        findings.forEach(finding -> data.putAll(finding.data()));
        return new Outcome.Done(
                data,
                new Report(findings.stream().map(Analysis.Finding::section).toList()));
    }
}
