/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.code;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a task came to: the source as a proposal carries it, and what a person reads about it. */
final class Result {

    private final String heading;
    private final Project project;
    private final Optional<Project> before;
    private final long tokens;
    private Optional<Specification> specification = Optional.empty();
    private boolean byModel;
    private Optional<Filing.Filed> filed = Optional.empty();

    /** @param before what it was made from; empty for something new */
    Result(String heading, Project project, Optional<Project> before, long tokens) {
        this.heading = heading;
        this.project = project;
        this.before = before;
        this.tokens = tokens;
    }

    Result specified(Specification given, boolean madeByModel) {
        specification = Optional.of(given);
        byModel = madeByModel;
        return this;
    }

    Result filed(Optional<Filing.Filed> proposal) {
        filed = proposal;
        return this;
    }

    /** @param findings what is worth a second look */
    Outcome done(List<String> findings) {
        List<Source> sources = List.of(new Source.Formula(specification
                .map(given -> AgentSource.lines(given.written()).strip())
                .orElse("the files of " + project.plug() + ", sha256 " + project.digest())));
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Text(words(), sources));
        blocks.add(new Report.Table("Files", List.of("File", "Lines", "Change"), rows(), sources));
        findings.forEach(finding -> blocks.add(new Report.Advice(finding, "found by rule in the source", sources)));
        boolean changed =
                before.map(old -> !old.digest().equals(project.digest())).orElse(true);
        filed.ifPresent(proposal -> blocks.add(new Report.Text(proposal.words(), sources)));
        if (changed && filed.flatMap(Filing.Filed::id).isEmpty()) {
            blocks.add(new Report.Advice(
                    "Propose it as SOURCE", "nothing of it runs before its checks and an approval by people", sources));
        }
        if (tokens > 0) {
            blocks.add(new Report.Figure(
                    "Tokens of the model",
                    Long.toString(tokens),
                    "",
                    List.of(new Source.Formula("tokens of prompts and answers as the backend counted them"))));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", project.data());
        specification.ifPresent(given -> data.put("specification", given.written()));
        filed.flatMap(Filing.Filed::id).ifPresent(id -> data.put("proposalId", id));
        data.put("changed", changed);
        data.put("findings", findings);
        data.put("tokens", tokens);
        return new Outcome.Done(data, new Report(List.of(new Report.Section(heading, blocks))));
    }

    private String words() {
        return specification
                .map(given -> "The agent " + project.name() + " works out " + given.sentence() + " as "
                        + given.written().get("formula") + "."
                        + (byModel ? " The specification is a model's: look whether it means what you mean." : ""))
                .orElse("The source of the agent " + project.name() + ", "
                        + project.files().size() + " files.");
    }

    private List<List<String>> rows() {
        Map<String, String> old = before.map(Project::files).orElse(Map.of());
        TreeSet<String> paths = new TreeSet<>(project.files().keySet());
        paths.addAll(old.keySet());
        List<List<String>> rows = new ArrayList<>();
        for (String path : paths) {
            List<String> now = lines(project.files().get(path));
            List<String> was = lines(old.get(path));
            rows.add(List.of(path, Integer.toString(now.size()), change(was, now)));
        }
        return rows;
    }

    private static String change(List<String> was, List<String> now) {
        if (was.equals(now)) {
            return "same";
        }
        List<String> added = new ArrayList<>(now);
        was.forEach(added::remove);
        List<String> removed = new ArrayList<>(was);
        now.forEach(removed::remove);
        return was.isEmpty() ? "new" : "+" + added.size() + " -" + removed.size();
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }
}
