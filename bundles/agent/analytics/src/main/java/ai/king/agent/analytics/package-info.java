/** What the numbers of a business say: figures against targets, trends, seasons, anomalies, cohorts, alerts. */
@NullMarked
package ai.king.agent.analytics;

import org.jspecify.annotations.NullMarked;
