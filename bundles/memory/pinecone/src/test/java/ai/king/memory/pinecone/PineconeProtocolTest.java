/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.memory.Entry;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PineconeProtocolTest {

    private PineconeDouble service;
    private PineconeMemory memory;

    @BeforeEach
    void open() throws IOException {
        service = new PineconeDouble();
        memory = service.memory();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static Entry entry(String id, String text) {
        return new Entry(id, "business:b-1", "pat", text, false, Map.of("n", "9007199254740993"), Instant.EPOCH);
    }

    private static float[] vector(int dimension) {
        float[] vector = new float[dimension];
        vector[0] = 1;
        return vector;
    }

    @Test
    void everyFieldThatIsSentIsOneOfPinecones() throws IOException {
        Schemas.needed();
        memory.remember(entry("a", "text"), vector(16));
        memory.recall("business:b-1", vector(16), Map.of("n", "9007199254740993"), 5);
        memory.forget("business:b-1", List.of("a"));
        Map<String, String> names = Map.of(
                "/vectors/upsert", "UpsertRequest", "/query", "QueryRequest", "/vectors/delete", "DeleteRequest");
        for (Endpoint.Asked asked : service.endpoint.asked) {
            if (names.containsKey(asked.path())) {
                JsonNode body = Endpoint.JSON.readTree(asked.body());
                body.fieldNames().forEachRemaining(name -> assertThat(
                                Schemas.properties(names.get(asked.path())).has(name))
                        .as(asked.path() + " " + name)
                        .isTrue());
            }
        }
        assertThat(service.endpoint.asked).extracting(Endpoint.Asked::path).contains("/query", "/vectors/delete");
    }

    @Test
    void numbersInAttributesComeBackAsTheyWere() {
        memory.remember(entry("a", "text"), vector(16));
        assertThat(memory.recall("business:b-1", vector(16), Map.of(), 1)
                        .get(0)
                        .entry()
                        .attributes())
                .containsEntry("n", "9007199254740993");
    }

    @Test
    void aLongTextIsCutToWhatARecordHolds() {
        memory.remember(entry("a", "\ud83d\udca1".repeat(50_000)), vector(16));
        String text = memory.recall("business:b-1", vector(16), Map.of(), 1)
                .get(0)
                .entry()
                .text();
        assertThat(text).hasSizeBetween(2_000, 40_000).matches("(\ud83d\udca1)+");
    }

    @Test
    void manyEntriesGoInRequestsThatFit() {
        List<Entry> entries = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        service.dimension = 1536;
        for (int i = 0; i < 100; i++) {
            entries.add(entry("e" + i, "x".repeat(30_000)));
            vectors.add(vector(1536));
        }
        memory.remember(entries, vectors);
        assertThat(service.endpoint.asked)
                .hasSize(4)
                .allMatch(asked -> asked.body().length() < 2_000_000);
    }

    @ParameterizedTest
    @CsvSource({"429,RESOURCE_EXHAUSTED,8", "500,INTERNAL,13", "503,UNAVAILABLE,14", "403,PERMISSION_DENIED,7"})
    void anErrorOfEitherPlaneIsSaidWithItsReason(int status, String code, int number) {
        var working = service.endpoint.behaviour;
        service.endpoint.behaviour =
                asked -> PineconeDouble.error(true, status, code, number, "said so " + PineconeDouble.KEY);
        assertThatThrownBy(() -> memory.recall("n", vector(16), Map.of(), 1))
                .hasMessageContaining(Integer.toString(status))
                .hasMessageContaining("said so")
                .hasMessageNotContaining(PineconeDouble.KEY);
        service.endpoint.behaviour = asked -> asked.path().startsWith("/indexes")
                ? working.answer(asked)
                : PineconeDouble.error(false, status, code, number, "said so " + PineconeDouble.KEY);
        assertThatThrownBy(() -> memory.remember(entry("a", "text"), vector(16)))
                .hasMessageContaining("said so")
                .hasMessageNotContaining(PineconeDouble.KEY);
    }

    @Test
    void anotherMetricOrDimensionIsRefusedBeforeAnythingIsWritten() {
        service.metric = "euclidean";
        assertThatThrownBy(() -> memory.remember(entry("a", "text"), vector(16)))
                .hasMessageContaining("euclidean");
        service.metric = "cosine";
        assertThatThrownBy(() -> memory.remember(entry("a", "text"), vector(8)))
                .hasMessageContaining("16")
                .hasMessageContaining("8");
        assertThat(service.endpoint.asked).allMatch(asked -> asked.path().startsWith("/indexes"));
    }

    @Test
    void garbageIsNoAnswer() {
        service.endpoint.behaviour = asked -> Endpoint.Reply.of(200, "<html>");
        assertThatThrownBy(() -> memory.recall("n", vector(16), Map.of(), 1)).hasMessageContaining("no JSON");
    }

    @Test
    void saysWhatItMisses() {
        assertThat(new PineconeMemory(Configs.defaults(PineconeMemory.Config.class)).missing())
                .hasSize(2)
                .anyMatch(each -> each.contains(".key"));
        assertThat(memory.missing()).isEmpty();
    }
}
