/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.agent.Document;
import ai.king.agent.Inquired;
import ai.king.agent.Inquiry;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.jail.host.wire.Frame.Answer;
import ai.king.jail.host.wire.Frame.Question;
import ai.king.memory.Entry;
import ai.king.memory.Recalled;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.Spend;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecTest {

    private static final Codec CODEC = new Codec(Codec.FEW_TOKENS);

    private static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "sz \u0000 \u20ac \ud83d\ude00");
        values.put("int", 5);
        values.put("long", 5L);
        values.put("decimal", new BigDecimal("1.20"));
        values.put("huge", new BigDecimal("1E+400"));
        values.put("integer", new BigInteger("123456789012345678901234567890"));
        values.put("double", Double.NaN);
        values.put("flag", true);
        values.put("date", LocalDate.MAX);
        values.put("instant", Instant.parse("2026-10-01T09:00:00.123456789Z"));
        values.put("nothing", null);
        values.put("list", Arrays.asList(1, "1", null, List.of(Map.of("@", "x"))));
        values.put("", Map.of());
        return values;
    }

    private static Task task() {
        return new Task("s", "a", "goal", values(), Map.of("before", values()), List.of("d1"));
    }

    private static Report report() {
        List<Source> sources = List.of(
                new Source.Rows("orders", "all", 5, "d"),
                new Source.Passage("1", "n", "q"),
                new Source.Step("s"),
                new Source.Formula("a - b"),
                new Source.Web("u", "t"));
        return new Report(List.of(new Report.Section(
                "h",
                List.of(
                        new Report.Text("t", sources),
                        new Report.Figure("l", "no data", "%", sources),
                        new Report.Table("t", List.of("c"), List.of(List.of("v")), sources),
                        new Report.Chart(
                                "t",
                                Report.Chart.Kind.LINE,
                                List.of("1"),
                                List.of(new Report.Series("s", List.of(Double.NaN, 1.5), List.of(), List.of())),
                                "EUR",
                                sources),
                        new Report.Advice("t", "r", sources)))));
    }

    static List<Frame> frames() {
        Prompt prompt = new Prompt(
                Optional.of("m"),
                List.of(
                        Message.of(Message.Role.USER, "u"),
                        new Message(
                                Message.Role.ASSISTANT,
                                "",
                                List.of(new Message.FunctionCall("i", "n", "{}")),
                                Optional.of("t"))),
                List.of(new Prompt.Function("f", "d", "{}")),
                0.1,
                OptionalInt.of(7));
        Reply answer = new Reply.Answer("m", "t", List.of(), "stop", new Reply.Usage(1, 2));
        Inquired.Effort effort = new Inquired.Effort("m", 2, 3, 4, "o200k_base", List.of("l"));
        Inquired inquired = new Inquired.Answered(
                "t", List.of(new Inquired.Looked("t", values(), ToolResult.ok(values()))), effort);
        return List.of(
                new Frame.Serve("b", "n", values()),
                new Frame.Judge("n", "b", List.of("l"), Optional.of("t"), values()),
                new Frame.Judge("n", "b", List.of(), Optional.empty(), Map.of()),
                new Frame.Ready(),
                new Frame.Unfit("r"),
                new Frame.Perform(Long.MAX_VALUE, task()),
                new Frame.Cancel(1),
                new Frame.Verdict("n", List.of(new Frame.Finding("contract", 7, 6, List.of("f")))),
                new Frame.Performed(1, new Outcome.Done(values(), report())),
                new Frame.Performed(1, new Outcome.Declined(List.of("m"))),
                new Frame.Performed(1, new Outcome.Failed("r", true)),
                new Frame.Asked(1, new Question.CallTool("t", values())),
                new Frame.Asked(1, new Question.Chat(prompt)),
                new Frame.Asked(
                        1,
                        new Question.Inquire(new Inquiry(
                                "i", "q", List.of(new Inquiry.Material("n", "t")), List.of("documents.search"), 0.1))),
                new Frame.Answered(1, new Answer.OfInquiry(inquired)),
                new Frame.Answered(1, new Answer.OfInquiry(new Inquired.Ended("r", true, effort))),
                new Frame.Asked(1, new Question.Rows("orders", LocalDate.MIN, LocalDate.MAX)),
                new Frame.Asked(1, new Question.Delegate("a", task())),
                new Frame.Answered(
                        1,
                        new Answer.Tools(List.of(
                                new ToolSpec("n", "d", "{}", Effect.SPEND, Optional.of(new Spend("/a", "/c", "/p")))))),
                new Frame.Answered(
                        1, new Answer.OfTool(new ToolResult.Ok(values(), Optional.of(Money.of("1.20", "EUR"))))),
                new Frame.Answered(1, new Answer.OfTool(new ToolResult.Unknown("r"))),
                new Frame.Answered(1, new Answer.OfModel(answer)),
                new Frame.Answered(1, new Answer.OfModel(new Reply.Unavailable("r", true, Optional.of(3L)))),
                new Frame.Answered(
                        1,
                        new Answer.Rows(new Records(
                                "orders",
                                List.of("a", "b"),
                                List.of(
                                        Arrays.asList("x", new BigDecimal("1.20")),
                                        Arrays.asList(5L, null),
                                        Arrays.asList(LocalDate.EPOCH, "")),
                                "d"))),
                new Frame.Answered(1, new Answer.Documents(List.of(new Document("1", "n", "text/plain", "s", 5)))),
                new Frame.Answered(
                        1,
                        new Answer.Memories(List.of(new Recalled(
                                new Entry("i", "n", "w", "t", false, Map.of("k", "v"), Instant.EPOCH), 0.5)))),
                new Frame.Answered(1, new Answer.Number(0.1 + 0.2)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void comesBackAsItWas(Frame frame) throws IOException {
        assertThat(CODEC.decode(CODEC.encode(frame))).isEqualTo(frame);
    }

    @Test
    void vectorsComeBackAsTheyWere() throws IOException {
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = i / 7f;
        }
        Frame frame = new Frame.Answered(1, new Answer.Vectors(Optional.of(List.of(vector, new float[0]))));
        Frame.Answered back = (Frame.Answered) CODEC.decode(CODEC.encode(frame));
        assertThat(((Answer.Vectors) back.answer()).vectors().orElseThrow())
                .usingElementComparator((left, right) -> Arrays.compare(left, right))
                .containsExactly(vector, new float[0]);
    }

    @Test
    void onlyDataCross() {
        for (Object alien :
                List.of(new Object(), Thread.currentThread(), Optional.of(1), 'c', new int[1], Effect.READ)) {
            Frame frame = new Frame.Performed(1, new Outcome.Done(Map.of("x", alien), Report.none()));
            assertThatThrownBy(() -> CODEC.encode(frame)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "7",
                "{\"@\":\"Nothing\"}",
                "{\"@\":\"Cancel\"}",
                "{\"@\":\"Cancel\",\"id\":1}",
                "{\"@\":\"Cancel\",\"id\":\"x\"}",
                "{\"@\":\"Cancel\",\"id\":null}",
                "{\"@\":\"Cancel\",\"id\":\"1\",\"id\":\"2\"}",
                "{\"@\":\"Cancel\",\"id\":\"1\",\"more\":\"2\"}",
                "{\"@\":\"Cancel\",\"id\":\"1\"} {}",
                "{\"id\":\"1\",\"@\":\"Cancel\"}",
                "{\"@\":\"java.lang.Runtime\"}",
                "{\"@\":\"Performed\",\"id\":\"1\",\"outcome\":{\"@\":\"Done\",\"data\":{\"x\":\"zalien\"},\"report\":{\"sections\":[]}}}",
                "{\"@\":\"Performed\",\"id\":\"1\",\"outcome\":{\"@\":\"Done\",\"data\":null,\"report\":{\"sections\":[]}}}",
                "{\"@\":\"Cancel\",\"id\":\"1\""
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> CODEC.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesDepth() {
        String deep = "{\"@\":\"Serve\",\"bundle\":\"b\",\"name\":\"n\",\"configuration\":{\"x\":" + "[".repeat(5000)
                + "]".repeat(5000) + "}}";
        assertThatThrownBy(() -> CODEC.decode(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesWhatTakesMoreThanItsBytes() {
        String many = "[" + "[],".repeat((int) Codec.FEW_TOKENS) + "[]]";
        for (String value : List.of(many, "\"d1E+1000000000\"", "\"g" + "9".repeat(100_000) + "\"")) {
            String frame = "{\"@\":\"Serve\",\"bundle\":\"b\",\"name\":\"n\",\"configuration\":{\"x\":" + value + "}}";
            assertThatThrownBy(() -> CODEC.decode(frame.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLineCarriesFramesInOrder() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        Line sender = new Line(InputStream.nullInputStream(), wire, CODEC, 1000);
        sender.send(new Frame.Ready());
        sender.send(new Frame.Cancel(7));
        Line receiver =
                new Line(new ByteArrayInputStream(wire.toByteArray()), OutputStream.nullOutputStream(), CODEC, 1000);
        assertThat(receiver.receive()).isEqualTo(new Frame.Ready());
        assertThat(receiver.receive()).isEqualTo(new Frame.Cancel(7));
        assertThatThrownBy(receiver::receive).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aLineRefusesImpossibleLengths(int length) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();
        Line line = new Line(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream(), CODEC, 1000);
        assertThatThrownBy(line::receive).isInstanceOf(IOException.class).hasMessageContaining("bytes");
    }
}
