/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Document;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Task;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Frame.Question;
import ai.king.memory.Recalled;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agent's context: every question goes through the pipe to the context the platform gave with the call. */
final class PipedContext implements AgentContext {

    private final Performance performance;

    PipedContext(Performance performance) {
        this.performance = performance;
    }

    private <A extends Answer> A ask(Question question, Class<A> answer) {
        return answer.cast(performance.ask(question));
    }

    @Override
    public List<ToolSpec> tools() {
        return ask(new Question.Tools(), Answer.Tools.class).tools();
    }

    @Override
    public ToolResult call(String tool, Map<String, Object> arguments) {
        return ask(new Question.CallTool(tool, arguments), Answer.OfTool.class).result();
    }

    @Override
    public boolean canChat() {
        return ask(new Question.CanChat(), Answer.Flag.class).value();
    }

    @Override
    public Reply chat(Prompt prompt) {
        return ask(new Question.Chat(prompt), Answer.OfModel.class).reply();
    }

    @Override
    public Inquired inquire(Inquiry inquiry) {
        return ask(new Question.Inquire(inquiry), Answer.OfInquiry.class).inquired();
    }

    @Override
    public Optional<List<float[]>> embed(List<String> texts) {
        return ask(new Question.Embed(texts), Answer.Vectors.class).vectors();
    }

    @Override
    public Optional<BusinessData> business() {
        return ask(new Question.Profile(), Answer.Profile.class).profile().map(Business::new);
    }

    @Override
    public Outcome delegate(String agent, Task task) {
        return ask(new Question.Delegate(agent, task), Answer.Delegated.class).outcome();
    }

    @Override
    public void remember(String text, Map<String, String> attributes) {
        ask(new Question.Remember(text, attributes), Answer.Nothing.class);
    }

    @Override
    public List<Recalled> recall(String text, int limit) {
        return ask(new Question.Recall(text, limit), Answer.Memories.class).memories();
    }

    @Override
    public void note(String text) {
        ask(new Question.Note(text), Answer.Nothing.class);
    }

    @Override
    public Instant now() {
        return ask(new Question.Now(), Answer.Time.class).now();
    }

    @Override
    public double random() {
        return ask(new Question.Random(), Answer.Number.class).value();
    }

    private final class Business implements BusinessData {

        private final Map<String, String> profile;

        Business(Map<String, String> profile) {
            this.profile = profile;
        }

        @Override
        public Map<String, String> profile() {
            return profile;
        }

        @Override
        public Records records(String kind, LocalDate from, LocalDate to) {
            return ask(new Question.Rows(kind, from, to), Answer.Rows.class).records();
        }

        @Override
        public List<Document> documents() {
            return ask(new Question.Documents(), Answer.Documents.class).documents();
        }

        @Override
        public String text(String documentId) {
            return ask(new Question.Text(documentId), Answer.Text.class).text();
        }
    }
}
