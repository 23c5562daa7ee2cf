/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import ai.king.kit.Configs;
import ai.king.kit.FakeBusiness;
import ai.king.kit.FakeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the tests of this agent share: the sample business, a call, and a check of quotes. */
final class Papers {

    static final FakeBusiness SAMPLE = FakeBusiness.read(Path.of("../../../config/examples/pet-supplies"));

    private Papers() {}

    static Outcome perform(String action, FakeContext context, Map<String, Object> input, String... documents) {
        return new LegalAgent(Configs.defaults(LegalAgent.Config.class))
                .perform(new Task("s", action, "Check our papers", input, Map.of(), List.of(documents)), context);
    }

    static Outcome.Done done(String action, String... documents) {
        return (Outcome.Done) perform(action, new FakeContext().with(SAMPLE), Map.of(), documents);
    }

    static FakeContext one(String name, String text) {
        return new FakeContext().with(new FakeBusiness().document(name, text));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Outcome.Done done, String key) {
        return (List<Map<String, Object>>) done.data().getOrDefault(key, List.of());
    }

    static int score(Outcome.Done done, String framework) {
        return list(done, "compliance").stream()
                .filter(one -> one.get("framework").equals(framework))
                .map(one -> (Integer) one.get("score"))
                .findFirst()
                .orElseThrow();
    }

    /** Quotes of a report that do not stand in the document they name. */
    static List<String> invented(Report report, BusinessData business) {
        return report.sections().stream()
                .flatMap(section -> section.blocks().stream())
                .flatMap(Papers::sources)
                .filter(Source.Passage.class::isInstance)
                .map(Source.Passage.class::cast)
                .filter(passage ->
                        !Paper.squeezed(business.text(passage.documentId())).contains(passage.quote()))
                .map(Source.Passage::quote)
                .toList();
    }

    private static Stream<Source> sources(Report.Block block) {
        if (block instanceof Report.Text text) {
            return text.sources().stream();
        }
        if (block instanceof Report.Figure figure) {
            return figure.sources().stream();
        }
        if (block instanceof Report.Table table) {
            return table.sources().stream();
        }
        return block instanceof Report.Advice advice ? advice.sources().stream() : Stream.of();
    }
}
