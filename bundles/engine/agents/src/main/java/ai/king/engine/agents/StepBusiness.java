/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agents.Agents.Performed;
import ai.king.work.Journal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The business as one step sees it. Rows are not copied into the journal, their digest is: a step that already had an
 * effect and finds other rows when it is resumed stops, for it might do the same thing again in another form.
 */
final class StepBusiness implements BusinessData {

    private final BusinessData data;
    private final Performance performance;
    private final Journal journal;

    StepBusiness(BusinessData data, Performance performance, Journal journal) {
        this.data = data;
        this.performance = performance;
        this.journal = journal;
    }

    @Override
    public Map<String, String> profile() {
        return performance.engine(data::profile);
    }

    @Override
    public Records records(String kind, LocalDate from, LocalDate to) {
        return performance.engine(() -> {
            Records records = data.records(kind, from, to);
            performance.hearing().hear(records.rows());
            if (Outside.speaks(records)) {
                journal.mark();
            }
            Object before = journal.recorded(
                            "records",
                            Map.of("kind", kind, "from", from.toString(), "to", to.toString()),
                            () -> Map.of("digest", records.digest()))
                    .get("digest");
            if (!records.digest().equals(before) && journal.step().generation() != null) {
                String what = "a look at what this step already did: the " + kind
                        + " changed since; letting it go again continues with the new ones";
                throw performance.hold(new Performed.Ended(new Outcome.Declined(List.of(what)), "", ""));
            }
            return records;
        });
    }

    @Override
    public List<Document> documents() {
        return performance.engine(data::documents);
    }

    @Override
    public String text(String documentId) {
        return performance.engine(() -> {
            journal.mark();
            return data.text(documentId);
        });
    }
}
