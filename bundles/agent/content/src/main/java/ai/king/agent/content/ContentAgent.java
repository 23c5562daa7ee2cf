/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Writes what the public reads as drafts: every claim stands in the data of the business or came with the task. */
@Component(configurationPid = "ai.king.agent.content", configurationPolicy = REQUIRE)
@Designate(ocd = ContentAgent.Config.class, factory = true)
@AgentName("content")
@AgentProfile(
        description = "Writes texts about the articles of a shop, from their data, and scores how well a page is found",
        tools = "images.create",
        capabilities = {
            "blog_post: writes an article for the blog about products or a range",
            "landing_page: writes the page on which visitors of the shop or a range arrive",
            "product_description: writes the description of each product",
            "email_marketing: writes a newsletter with subject and preview",
            "social_media: writes a post for social networks",
            "ad_copy: writes headlines and descriptions of an advertisement",
            "press_release: writes a release for the press about given news",
            "seo_score: scores title, meta, length, keyword and readability of a text"
        })
public final class ContentAgent implements Agent {

    @ObjectClassDefinition(name = "Content agent", description = "Texts for the public")
    @interface Config {
        @AttributeDefinition(
                description =
                        "Tone of a text that asks for none: professional, friendly, casual, enthusiastic, informative, persuasive or formal")
        String tone() default "professional";

        @AttributeDefinition(description = "SEO score under which a page is rewritten once")
        int least_score() default 70;

        @AttributeDefinition(description = "Articles that one task writes about at most")
        int articles() default 50;

        @AttributeDefinition(
                description =
                        "What a model is told about style besides the built-in rules of form and facts. Empty: nothing")
        String prompt_style() default "";
    }

    private final String tone;
    private final int articles;
    private final Desk desk;

    @Activate
    public ContentAgent(Config config) {
        tone = config.tone();
        articles = config.articles();
        desk = new Desk(config.least_score(), config.prompt_style());
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        if (task.action().equals("seo_score") || task.action().isEmpty() && Text.has(task.goal(), "score")) {
            return Audit.of(task, context);
        }
        Optional<Form> form = task.action().isEmpty() ? Form.askedBy(task.goal()) : Form.named(task.action());
        if (form.isEmpty()) {
            return task.action().isEmpty()
                    ? new Outcome.Declined(List.of("a kind of text: one of " + String.join(", ", Form.actions())))
                    : new Outcome.Failed("content has no action " + task.action(), false);
        }
        Optional<BusinessData> business = context.business();
        if (business.isEmpty()) {
            return new Outcome.Declined(List.of("a business: name one with the goal"));
        }
        Assignment assignment = Assignment.of(task, form.get(), tone, business.get(), articles);
        return assignment.missing().isEmpty()
                ? write(assignment, new Wanted(task).yes("image"), context)
                : new Outcome.Declined(assignment.missing());
    }

    private Outcome write(Assignment assignment, boolean pictures, AgentContext context) {
        List<Map<String, Object>> texts = new ArrayList<>();
        List<Report.Section> sections = new ArrayList<>();
        List<Report.Block> remarks = new ArrayList<>();
        long tokens = 0;
        for (Brief brief : assignment.briefs()) {
            if (Thread.currentThread().isInterrupted()) {
                return new Outcome.Failed("interrupted after " + texts.size() + " texts", true);
            }
            Piece piece = desk.make(brief, context);
            Map<String, Object> data = new LinkedHashMap<>(piece.data());
            if (pictures) {
                Illustration picture = Illustration.of(brief, context);
                data.put("image", picture.data());
                picture.remark().ifPresent(remarks::add);
            }
            texts.add(data);
            sections.add(piece.section());
            tokens += piece.tokens();
        }
        List<Source> sources = assignment.briefs().get(0).sources();
        assignment
                .left()
                .forEach(one -> remarks.add(
                        new Report.Advice("Supply what lacks: " + one, "nothing was written about it", sources)));
        if (tokens > 0) {
            remarks.add(new Report.Figure(
                    "Tokens of the model",
                    Long.toString(tokens),
                    "",
                    List.of(new Source.Formula("tokens of prompts and answers as the backend counted them"))));
        }
        if (!remarks.isEmpty()) {
            sections.add(new Report.Section("Remarks", remarks));
        }
        return new Outcome.Done(Map.of("texts", texts, "tokens", tokens), new Report(sections));
    }
}
