/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArtefactsTest {

    private final List<String> kept = new ArrayList<>();

    private final Businesses businesses = (Businesses) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Businesses.class},
            (proxy, method, args) -> document((String) args[2], (String) args[3], (InputStream) args[4]));

    private StoredDocument document(String name, String type, InputStream in) {
        try {
            byte[] bytes = in.readAllBytes();
            kept.add(name + " " + type + " " + new String(bytes));
            return new StoredDocument("d-1", "b-1", name, type, "abc", bytes.length, null, Instant.EPOCH, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileBecomesADocumentAndTheAnswerNamesIt() {
        Map<String, Object> file =
                Map.of("name", "a.png", "mediaType", "image/png", "base64", "aGVsbG8=", "thumbnail", "data:x");
        ToolResult result = new Artefacts(businesses)
                .stored(ToolResult.ok(Map.of("artefacts", List.of(file), "model", "m")), Optional.of("b-1"), "content");

        assertThat(kept).containsExactly("a.png image/png hello");
        assertThat(((ToolResult.Ok) result).data())
                .isEqualTo(Map.of(
                        "model",
                        "m",
                        "artefacts",
                        List.of(Map.of(
                                "name", "a.png",
                                "mediaType", "image/png",
                                "thumbnail", "data:x",
                                "documentId", "d-1",
                                "sha256", "abc",
                                "size", 5L))));
    }

    @Test
    void otherAnswersStayAsTheyAre() {
        ToolResult result = ToolResult.ok(Map.of("n", 1));
        assertThat(new Artefacts(businesses).stored(result, Optional.empty(), "content"))
                .isSameAs(result);
    }
}
