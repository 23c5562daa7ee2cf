/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished text.
 *
 * @param score of a page; empty for what no search engine shows
 * @param rewritten whether the first draft scored too low
 * @param remarks why a model's text was not taken, in words
 */
record Piece(
        Brief brief,
        Draft draft,
        Optional<SeoScore> score,
        boolean rewritten,
        boolean model,
        List<String> remarks,
        long tokens) {

    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", brief.form().action());
        data.put("subject", brief.subject());
        data.put("articles", brief.goods().stream().map(Good::sku).toList());
        data.put("tone", brief.tone().word());
        data.put("keyword", brief.keyword());
        data.put("title", draft.title());
        data.put("meta", draft.meta());
        data.put("body", draft.body());
        data.put("writtenBy", model ? "model" : "rules");
        score.ifPresent(found -> {
            data.put("score", found.total());
            data.put("rewritten", rewritten);
            data.put("shortcomings", found.shortcomings());
        });
        return data;
    }

    Report.Section section() {
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Text(
                "Title: " + draft.title() + "\nMeta: " + draft.meta() + "\n\n" + draft.body(), brief.sources()));
        score.ifPresent(found -> blocks.add(found.table(brief.sources())));
        if (!remarks.isEmpty()) {
            blocks.add(new Report.Text(
                    "A text by the model was not taken: " + String.join("; ", remarks) + ".", brief.sources()));
        }
        return new Report.Section(Writer.capital(brief.form().words()) + ": " + brief.subject(), blocks);
    }
}
