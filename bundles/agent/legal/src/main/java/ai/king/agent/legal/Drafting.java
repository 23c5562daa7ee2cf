/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.legal;

import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills templates: those that are built in, or a document of the business with {@code {{variables}}}. */
final class Drafting {

    private static final List<String> BUILT_IN = List.of("nda", "privacy_policy", "supply_agreement");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*(\\w{1,60})\\s*}}");

    private Drafting() {}

    static Outcome draft(Task task, Optional<BusinessData> business) {
        String name = String.valueOf(task.input().getOrDefault("template", ""));
        Optional<Template> template = template(name, business);
        if (template.isEmpty()) {
            return new Outcome.Declined(List.of("template: one of " + String.join(", ", BUILT_IN)
                    + ", or the id of a document of the business with {{variables}}"));
        }
        Map<?, ?> values = task.input().get("variables") instanceof Map<?, ?> map ? map : Map.of();
        Set<String> missing = new LinkedHashSet<>();
        StringBuilder text = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(template.get().text());
        while (matcher.find()) {
            String value = value(values.get(matcher.group(1)));
            if (value.isEmpty()) {
                missing.add("variable " + matcher.group(1) + " of template " + name);
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(text);
        return missing.isEmpty()
                ? done(name, template.get(), text.toString())
                : new Outcome.Declined(List.copyOf(missing));
    }

    private record Template(String text, Source source) {}

    private static Optional<Template> template(String name, Optional<BusinessData> business) {
        if (BUILT_IN.contains(name)) {
            return Optional.of(new Template(read(name), new Source.Formula("built-in template " + name)));
        }
        return business.flatMap(data -> data.documents().stream()
                .filter(document -> document.id().equals(name))
                .map(document -> {
                    String text = data.text(document.id());
                    return new Template(
                            text,
                            Paper.of(document, text)
                                    .quote(Paper.of(document, text).title()));
                })
                .filter(template -> VARIABLE.matcher(template.text()).find())
                .findFirst());
    }

    private static String read(String name) {
        try (InputStream in = Drafting.class.getResourceAsStream(name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("template " + name + " is not in the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line of text: a value brings no headings, no lists and no variables of its own. */
    private static String value(@Nullable Object value) {
        return value instanceof String || value instanceof Number
                ? Paper.squeezed(value.toString()).replace("{{", "").replace("}}", "")
                : "";
    }

    private static Outcome done(String name, Template template, String text) {
        List<Source> sources = List.of(template.source(), new Source.Formula("variables as they came with the task"));
        return new Outcome.Done(
                Map.of(
                        "template",
                        name,
                        "status",
                        Lifecycle.Status.DRAFT.text(),
                        "text",
                        text,
                        "missing",
                        List.of("a lawyer: to read the draft before it is used"),
                        "disclaimer",
                        LegalAgent.DISCLAIMER),
                new Report(List.of(
                        new Report.Section("Draft: " + name, List.of(new Report.Text(text, sources))),
                        LegalAgent.disclaimer())));
    }
}
