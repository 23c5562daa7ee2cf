/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.inference.Message;
import ai.king.inference.Message.FunctionCall;
import ai.king.inference.Message.Role;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.lib.window.Fitting;
import ai.king.lib.window.Shortening;
import ai.king.lib.window.Tokens;
import ai.king.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final String SCHEMA =
            """
            {"type":"object","required":["query"],"additionalProperties":false,
             "properties":{"query":{"type":"string","minLength":1}}}""";
    private static final Tokens TOKENS = new Tokens();

    private final List<Prompt> asked = new ArrayList<>();
    private final List<Map<String, Object>> called = new ArrayList<>();
    private Function<Map<String, Object>, ToolResult> tool = arguments -> ToolResult.ok(Map.of("found", "lamps"));
    private int window = 128_000;
    private Shortening shortening = Shortening.none();

    private static Reply says(String text) {
        return new Reply.Answer("stub", text, List.of(), "stop", new Reply.Usage(10, 5));
    }

    private static Reply wants(FunctionCall... calls) {
        return new Reply.Answer("stub", "", List.of(calls), "tool_calls", new Reply.Usage(10, 5));
    }

    private static FunctionCall search(String query) {
        return new FunctionCall("id-" + query, "documents-search", "{\"query\":\"" + query + "\"}");
    }

    private Inquired run(Function<Integer, Reply> model) {
        return run("What do the documents of the shop say about the lamps that are sold?", model);
    }

    private Inquired run(String question, Function<Integer, Reply> model) {
        Window own = new Window("gpt-4o", window);
        Opening opening = new Opening(
                "Be exact",
                question,
                List.of(new Prompt.Function("documents-search", "finds passages", SCHEMA)),
                own,
                "o200k_base",
                List.of(),
                false);
        Inquiry inquiry = new Inquiry("Be exact", question, List.of(), List.of("documents.search"), 0.1);
        return new Turns(
                        opening,
                        inquiry,
                        new Fitting(TOKENS, own),
                        new Schemas(),
                        (prompt, turn) -> {
                            asked.add(prompt);
                            return model.apply(turn);
                        },
                        (name, arguments) -> {
                            called.add(arguments);
                            return tool.apply(arguments);
                        },
                        shortening)
                .run();
    }

    private String lastTold() {
        List<Message> messages = asked.get(asked.size() - 1).messages();
        return messages.get(messages.size() - 1).text();
    }

    private static String reason(Inquired inquired) {
        return ((Inquired.Ended) inquired).reason();
    }

    @Test
    void callsAToolAndAnswersFromWhatItGave() {
        Inquired end = run(turn -> turn == 1 ? wants(search("lamps")) : says("They sell lamps."));
        Inquired.Answered answered = (Inquired.Answered) end;
        assertThat(answered.text()).isEqualTo("They sell lamps.");
        assertThat(answered.looked()).singleElement().satisfies(looked -> assertThat(looked.tool())
                .isEqualTo("documents.search"));
        assertThat(called).containsExactly(Map.of("query", "lamps"));
        assertThat(lastTold()).isEqualTo("{\"data\":{\"found\":\"lamps\"}}");
        assertThat(answered.effort().turns()).isEqualTo(2);
        assertThat(answered.effort().promptTokens()).isEqualTo(20);
    }

    @Test
    void answersEachCallUnderItsOwnId() {
        run(turn -> turn == 1 ? wants(search("lamps"), search("chairs")) : says("Both."));
        assertThat(asked.get(1).messages().stream()
                        .filter(message -> message.role() == Role.TOOL)
                        .map(message -> message.toolCallId().orElse("")))
                .containsExactly("id-lamps", "id-chairs");
    }

    @Test
    void tellsTwiceThatAToolIsNotThereAndThenEnds() {
        Inquired end = run(turn -> wants(new FunctionCall("x" + turn, "shop.delete_all", "{}")));
        assertThat(reason(end)).contains("called tools that are not there", "shop.delete_all");
        assertThat(asked).hasSize(3);
        assertThat(lastTold()).contains("there is no such tool; there are: documents-search");
        assertThat(called).isEmpty();
    }

    @Test
    void argumentsThatDoNotFitNeverReachTheTool() {
        Inquired end = run(turn -> turn == 1
                ? wants(new FunctionCall("a", "documents.search", "{\"qery\":1}"))
                : turn == 2 ? wants(new FunctionCall("b", "documents.search", "{not json")) : says("Nothing there."));
        assertThat(end).isInstanceOf(Inquired.Answered.class);
        assertThat(called).isEmpty();
        assertThat(asked.get(1).messages().get(3).text()).contains("the arguments do not fit");
        assertThat(lastTold()).contains("the arguments are no JSON object");
    }

    @Test
    void endsAModelThatMakesTheSameCallAgainAndAgain() {
        Inquired end = run(turn -> wants(search("lamps")));
        assertThat(reason(end)).contains("made the same call again and again");
        assertThat(called).hasSize(1);
        assertThat(asked).hasSize(4);
    }

    @Test
    void endsAModelThatNeverAnswersAfterEightTurns() {
        Inquired end = run(turn -> wants(search("lamps " + turn)));
        assertThat(reason(end)).isEqualTo("the model came to no answer in 8 turns");
        assertThat(asked).hasSize(8);
        assertThat(lastTold()).contains("last turn");
    }

    @Test
    void tellsAModelThatAnswersInAnotherLanguage() {
        Inquired end = run(turn -> turn == 1
                ? says(
                        "Die Dokumente sagen, dass der Laden nicht nur Lampen und Stühle, sondern auch Tische mit Füßen hat.")
                : says("The documents say that the shop sells lamps and that it is open."));
        assertThat(end).isInstanceOf(Inquired.Answered.class);
        assertThat(lastTold()).isEqualTo("Answer again in English.");
    }

    @Test
    void endsAModelThatGoesOnInAnotherLanguage() {
        Inquired end = run(turn -> says("Документы говорят, что магазин продаёт лампы и стулья."));
        assertThat(reason(end)).contains("another language");
        assertThat(asked).hasSize(3);
    }

    @Test
    void endsAModelThatAnswersNothingOrIsCutOff() {
        assertThat(reason(run(turn -> says(" ")))).contains("answered nothing");
        asked.clear();
        assertThat(reason(
                        run(turn -> new Reply.Answer("stub", "and so on", List.of(), "length", new Reply.Usage(1, 1)))))
                .contains("did not come to an end");
        assertThat(asked).hasSize(3);
    }

    @Test
    void endsWithTheReasonWhenNoBackendAnswers() {
        Inquired end = run(
                turn -> turn == 1 ? wants(search("lamps")) : new Reply.Unavailable("all down", true, Optional.of(30L)));
        assertThat(end).isInstanceOfSatisfying(Inquired.Ended.class, ended -> {
            assertThat(ended.reason()).isEqualTo("all down");
            assertThat(ended.retriable()).isTrue();
            assertThat(ended.effort().turns()).isEqualTo(1);
        });
    }

    @Test
    void tellsWhatAToolMisses() {
        tool = arguments -> new ToolResult.Missing(List.of("a key for the search"));
        run(turn -> turn == 1 ? wants(search("lamps")) : says("It cannot be found out."));
        assertThat(lastTold()).contains("it cannot be done without: a key for the search");
    }

    @Test
    void summarisesEachResultOnce() {
        window = 4_000;
        tool = arguments -> ToolResult.ok(Map.of("text", arguments + "lamp ".repeat(1_500)));
        List<String> summarised = new ArrayList<>();
        shortening = (text, tokens) -> {
            summarised.add(text);
            return Optional.of("lamps everywhere");
        };
        run(turn -> turn < 6 ? wants(search("lamps " + turn)) : says("They sell lamps."));
        assertThat(summarised).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        assertThat(asked.get(5).messages().get(3).text()).isEqualTo("[summary] lamps everywhere");
    }

    @Test
    void cutsWhatTheLastTurnBroughtToTheRoomThereIs() {
        window = 2_000;
        tool = arguments -> ToolResult.ok(Map.of("text", "lamp ".repeat(9_000)));
        run(turn -> turn == 1 ? wants(search("a"), search("b")) : says("They sell lamps."));
        Fitting fitting = new Fitting(TOKENS, new Window("gpt-4o", window));
        List<Message> messages = asked.get(1).messages();
        int first = fitting.counter().count(messages.get(3).text());
        int second = fitting.counter().count(messages.get(4).text());
        assertThat(first).isBetween(500, 800).isEqualTo(second);
        assertThat(lastTold()).endsWith("[cut here: the rest does not fit]");
    }

    @Test
    void shortensTheOldestResultsWhenTheWindowIsFull() {
        window = 4_000;
        tool = arguments -> ToolResult.ok(Map.of("text", "lamp ".repeat(1_500)));
        Inquired end = run(turn -> turn < 5 ? wants(search("lamps " + turn)) : says("They sell lamps."));
        Fitting fitting = new Fitting(TOKENS, new Window("gpt-4o", window));
        for (Prompt prompt : asked) {
            int tokens = prompt.messages().stream()
                    .mapToInt(message -> fitting.counter().count(message.text()))
                    .sum();
            assertThat(tokens).isLessThanOrEqualTo(fitting.budget());
        }
        assertThat(asked.get(1).messages().get(3).text()).doesNotContain("[cut here");
        List<Message> last = asked.get(4).messages();
        assertThat(last.get(3).text().length()).as("the oldest is short").isLessThan(1_200);
        assertThat(last.get(last.size() - 1).text().length())
                .as("the newest has the room there is")
                .isGreaterThan(5_000);
        assertThat(end.effort().leftOut()).isNotEmpty();
    }
}
