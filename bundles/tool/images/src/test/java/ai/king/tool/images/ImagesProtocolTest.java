/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.lib.http.Endpoint;
import ai.king.lib.wire.Schemas;
import ai.king.tool.Effect;
import ai.king.tool.Money;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesProtocolTest {

    private static final Map<String, Object> LAMP = Map.of("kind", "product", "subject", "a brass desk lamp");

    private ImagesDouble service;

    @BeforeEach
    void open() throws IOException {
        service = new ImagesDouble();
    }

    @AfterEach
    void close() {
        service.close();
    }

    private ImagesTool tool(Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(Map.of("url", service.url() + "/v1/", ".key", ImagesDouble.KEY));
        all.putAll(config);
        return new ImagesTool(Configs.of(ImagesTool.Config.class, all));
    }

    private ToolResult create(Map<String, Object> arguments) {
        return tool(Map.of()).invoke(new ToolCall("k", Optional.of("b-1"), arguments));
    }

    private JsonNode asked(int n) throws IOException {
        return Endpoint.JSON.readTree(service.asked.get(n).body());
    }

    @Test
    void givesAPictureWithAThumbnail() throws IOException {
        ToolResult result = create(LAMP);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        Map<?, ?> artefact =
                (Map<?, ?>) ((List<?>) ((ToolResult.Ok) result).data().get("artefacts")).get(0);
        assertThat(artefact.get("name")).isEqualTo("a-brass-desk-lamp.png");
        assertThat(artefact.get("mediaType")).isEqualTo("image/png");
        assertThat(artefact.get("width")).isEqualTo(1024);
        byte[] small = Base64.getDecoder()
                .decode(artefact.get("thumbnail").toString().substring("data:image/jpeg;base64,".length()));
        assertThat(ImageIO.read(new ByteArrayInputStream(small)).getWidth()).isEqualTo(256);
        assertThat(tool(Map.of()).spec().effect()).isEqualTo(Effect.WRITE);
    }

    @Test
    void sendsWhatTheServiceTakesToday() throws IOException {
        create(LAMP);
        create(Map.of("kind", "illustration", "subject", "autumn light", "style", "watercolour", "shape", "tall"));
        assertThat(asked(0).get("model").asText()).isEqualTo("gpt-image-2");
        assertThat(asked(0).get("prompt").asText()).contains("a brass desk lamp", "white");
        assertThat(asked(0).get("size").asText()).isEqualTo("1024x1024");
        assertThat(asked(1).get("prompt").asText()).contains("autumn light", "watercolour");
        assertThat(asked(1).get("size").asText()).isEqualTo("1024x1536");
        Schemas.check("CreateImageRequest", asked(0));
        service.sent.forEach(body -> Schemas.check("ImagesResponse", body));
    }

    @Test
    void tellsTheCostWhenThePricesAreKnown() {
        ToolResult result = tool(Map.of("price.input", "5", "price.output", "40"))
                .invoke(new ToolCall("k", Optional.of("b-1"), LAMP));
        assertThat(((ToolResult.Ok) result).cost()).contains(Money.of("0.042490", "USD"));
        assertThat(((ToolResult.Ok) create(LAMP)).cost()).isEmpty();
    }

    @Test
    void asksNothingWithoutKeyOrBusiness() {
        assertThat(tool(Map.of(".key", ""))
                        .invoke(new ToolCall("k", Optional.of("b-1"), LAMP))
                        .toString())
                .contains("Missing", ".key");
        assertThat(tool(Map.of())
                        .invoke(new ToolCall("k", Optional.empty(), LAMP))
                        .toString())
                .contains("Missing", "business");
        assertThat(service.asked).isEmpty();
    }

    @Test
    void aRefusalOfTheModerationIsFinalAndSaysWhy() {
        service.behaviour = asked -> ImagesDouble.moderated();
        ToolResult.Failed failed = (ToolResult.Failed) create(LAMP);
        assertThat(failed.retriable()).isFalse();
        assertThat(failed.reason()).contains("moderation", "input", "violence");
    }

    @Test
    void aModelThatIsSwitchedOffIsMissing() {
        ToolResult result = tool(Map.of("model", "dall-e-3")).invoke(new ToolCall("k", Optional.of("b-1"), LAMP));
        assertThat(result.toString()).contains("Missing", "dall-e-3");
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_api_key, Missing",
        "403, organization_not_verified, Missing",
        "429, insufficient_quota, Missing",
        "400, billing_hard_limit_reached, Missing",
        "429, rate_limit_exceeded, retriable=true",
        "400, invalid_size, retriable=false",
        "500, server_error, retriable=true",
        "503, overloaded, retriable=true"
    })
    void saysWhatAnErrorMeans(int status, String code, String meaning) {
        service.behaviour = asked -> ImagesDouble.error(status, "x", code, "no " + ImagesDouble.KEY);
        assertThat(create(LAMP).toString()).contains(meaning).doesNotContain(ImagesDouble.KEY);
    }

    @Test
    void aBrokenAnswerIsUnclear() {
        service.behaviour = asked -> null;
        assertThat(create(LAMP)).isInstanceOf(ToolResult.Unknown.class);
    }

    @Test
    void whatIsNoPictureIsRefused() {
        service.behaviour = asked -> Endpoint.Reply.of(200, Map.of("data", List.of(Map.of("b64_json", "aGVsbG8="))));
        assertThat(create(LAMP).toString()).contains("no picture");
        service.behaviour = asked -> Endpoint.Reply.of(200, Map.of("data", List.of(Map.of("url", "https://x/"))));
        assertThat(create(LAMP).toString()).contains("without a picture");
        service.behaviour = asked -> Endpoint.Reply.of(200, "<html>");
        assertThat(create(LAMP).toString()).contains("no JSON");
    }
}
