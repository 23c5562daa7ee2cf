/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.business.StoredDocument;
import ai.king.business.TransitionRefused;
import ai.king.gate.Gate;
import ai.king.store.Payloads;
import ai.king.tool.Money;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BusinessesResourceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Shop shop = new Shop();
    private Door door;

    @BeforeEach
    void open() {
        door = new Door();
        door.engines.with(Businesses.class, shop.asEngine());
        door.engines.with(Gate.class, FixedEngines.empty(Gate.class));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void moneyIsAStringWithItsCurrency() {
        Map<String, Object> business = door.get("viewer", "/businesses/b1").json();
        assertThat(business)
                .containsEntry("revenue", Map.of("amount", "100.50", "currency", "USD"))
                .containsEntry("expenses", Map.of("amount", "60.00", "currency", "USD"))
                .containsEntry("status", "SETUP");
        assertThat(door.get("viewer", "/businesses/b1/pnl?from=2026-01-01&to=2026-01-31&by=week")
                        .text())
                .contains("\"costOfGoods\":{\"amount\":\"40.00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=x", "from=2026-02-30", "from=2026-02-01&to=2026-01-01", "by=year", "by=MONTH"})
    void aBadRangeIs422(String query) {
        assertThat(door.get("viewer", "/businesses/b1/pnl?" + query).status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":\"a\"}",
                "{\"name\":\" \",\"type\":\"saas\"}",
                "{\"name\":\"a\",\"type\":\"saas\",\"currency\":\"usd\"}",
                "{\"name\":\"a\",\"type\":\"saas\",\"riskProfile\":\"yolo\"}",
                "{\"name\":\"a\",\"type\":\"saas\",\"status\":\"OPERATION\"}"
            })
    void aBadBusinessIs422(String body) {
        assertThat(door.post("operator", "/businesses", body).status()).isEqualTo(422);
    }

    @Test
    void anUnknownBusinessIs404Everywhere() {
        for (String path : List.of("", "/health", "/pnl", "/documents")) {
            assertThat(door.get("viewer", "/businesses/none" + path).status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(csv("/businesses/none/records?kind=orders", "a").status()).isEqualTo(404);
    }

    @Test
    void importsACsvAsAStream() {
        Door.Answer answer = csv("/businesses/b1/records?kind=orders&partial=true", "date,sku\n1,2\n");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("accepted", 2).containsEntry("rejected", List.of());
        assertThat(shop.partial).isTrue();
        assertThat(shop.received).isEqualTo("date,sku\n1,2\n");
    }

    @Test
    void aRejectedImportIs422WithEachLine() {
        Door.Answer answer = csv("/businesses/b1/records?kind=orders", "bad");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text())
                .contains("{\"line\":2,\"reason\":\"no date\"}")
                .contains("\"accepted\":0");
    }

    @Test
    void importsRowsGivenAsJson() {
        assertThat(door.post("operator", "/businesses/b1/records?kind=orders", "[{\"sku\":\"a\"},{\"sku\":\"b\"}]")
                        .json())
                .containsEntry("accepted", 2);
        assertThat(door.post("operator", "/businesses/b1/records?kind=orders", "{\"sku\":\"a\"}")
                        .status())
                .isEqualTo(422);
        assertThat(door.post("operator", "/businesses/b1/records?kind=orders", "[1]")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?kind=", "?kind=secrets", "?kind=orders&partial=1"})
    void aKindThatIsNoneIs422(String query) {
        assertThat(csv("/businesses/b1/records" + query, "x").status()).isEqualTo(422);
    }

    @Test
    void storesADocumentUnderItsName() {
        Door.Answer answer = door.send(door.as("operator", "/businesses/b1/documents?name=terms.md")
                .header("Content-Type", "text/markdown")
                .POST(BodyPublishers.ofString("# Terms")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json()).containsEntry("name", "terms.md").containsEntry("mediaType", "text/markdown");
        assertThat(csv("/businesses/b1/documents", "x").status())
                .as("without a name")
                .isEqualTo(422);
    }

    @Test
    void aDocumentOver25MiBIs413() {
        Door.Answer answer = door.send(door.as("operator", "/businesses/b1/documents?name=big")
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[25 * 1024 * 1024 + 1])));
        assertThat(answer.status()).isEqualTo(413);
    }

    /** Neither side ever holds the body: the answer comes while it is still being sent. */
    @Test
    void aCsvOver256MiBIs413AndOneOfThatSizeIsReadToItsEnd() {
        assertThat(blanks(BusinessesResource.CSV_LIMIT).status()).isEqualTo(200);
        Door.Answer answer = blanks(BusinessesResource.CSV_LIMIT + 1);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json()).containsEntry("status", 413);
    }

    private Door.Answer blanks(long size) {
        return door.send(door.as("operator", "/businesses/b1/records?kind=orders")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> new Blanks(size))));
    }

    /** So many bytes that stand nowhere. */
    private static final class Blanks extends InputStream {

        private long left;

        Blanks(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(buffer, offset, offset + count, (byte) ' ');
            left -= count;
            return count;
        }
    }

    @Test
    void answersADocumentAsAnAttachment() {
        door.engines.with(Payloads.class, payloads());
        Door.Answer answer = door.get("viewer", "/businesses/b1/documents/picture/content");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("bytes of picture");
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("Content-Length")).isEqualTo("16");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"a_b____.png\"; filename*=UTF-8''a%22b__%C3%BC%3B.png");
    }

    @Test
    void aPageIsNeverAnsweredAsOne() {
        door.engines.with(Payloads.class, payloads());
        for (String document : List.of("page", "drawing")) {
            Door.Answer answer = door.get("viewer", "/businesses/b1/documents/" + document + "/content");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(answer.header("Content-Disposition")).startsWith("attachment");
        }
    }

    @Test
    void theContentOfWhatIsNotThereIs404() {
        door.engines.with(Payloads.class, payloads());
        for (String path :
                List.of("none/documents/picture", "b1/documents/none", "b1/documents/foreign", "b1/documents/gone")) {
            Door.Answer answer = door.get("viewer", "/businesses/" + path + "/content");
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("Content-Type")).startsWith(Problem.MEDIA_TYPE);
        }
    }

    /** Holds the bytes of every document of the shop but of the one that is gone. */
    private static Payloads payloads() {
        return (Payloads) Proxy.newProxyInstance(
                Payloads.class.getClassLoader(),
                new Class<?>[] {Payloads.class},
                (proxy, called, arguments) -> arguments[0].equals("gone")
                        ? Optional.empty()
                        : Optional.of(new ByteArrayInputStream(
                                ("bytes of " + arguments[0]).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aTransitionThatIsRefusedNamesWhatIsNotMet() {
        Door.Answer answer = door.post("operator", "/businesses/b1/transitions", "{\"to\":\"OPERATION\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("store_live");
        assertThat(door.post("operator", "/businesses/b1/transitions", "{\"to\":\"MOON\"}")
                        .status())
                .isEqualTo(422);
        assertThat(door.post("operator", "/businesses/b1/transitions", "{}").status())
                .isEqualTo(422);
    }

    private Door.Answer csv(String path, String body) {
        return door.send(
                door.as("operator", path).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(body)));
    }

    /** One business; answers what it has a method for. */
    static final class Shop {
        private String received = "";
        private boolean partial;

        Businesses asEngine() {
            return (Businesses) Proxy.newProxyInstance(
                    Businesses.class.getClassLoader(),
                    new Class<?>[] {Businesses.class},
                    (proxy, called, arguments) -> {
                        var mine = Arrays.stream(Shop.class.getDeclaredMethods())
                                .filter(method -> method.getName().equals(called.getName()))
                                .findFirst()
                                .orElseThrow(() -> new AssertionError(called.toString()));
                        try {
                            return mine.invoke(this, (Object) arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        Object find(Object... arguments) {
            return arguments[0].equals("b1") ? Optional.of(business()) : Optional.empty();
        }

        Object create(Object... arguments) {
            return business();
        }

        Object kinds(Object... arguments) {
            return Map.of("orders", new Businesses.Kind("orders", List.of()));
        }

        Object kindsWithRows(Object... arguments) {
            return Set.of("orders");
        }

        Object importCsv(Object... arguments) {
            try {
                InputStream body = (InputStream) arguments[3];
                received = new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8);
                body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            partial = (Boolean) arguments[4];
            return received.equals("bad")
                    ? new Businesses.Imported(0, List.of(new Businesses.Rejected(2, "no date")))
                    : new Businesses.Imported(2, List.of());
        }

        Object importRows(Object... arguments) {
            return new Businesses.Imported(((List<?>) arguments[3]).size(), List.of());
        }

        Object addDocument(Object... arguments) {
            long size = 0;
            try (InputStream bytes = (InputStream) arguments[4]) {
                size = bytes.readAllBytes().length;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new StoredDocument(
                    "d1", "b1", (String) arguments[2], (String) arguments[3], "ab", size, "text", NOW, 0);
        }

        Object document(Object... arguments) {
            String id = (String) arguments[0];
            String type =
                    Map.of("page", "text/html", "drawing", "image/svg+xml").getOrDefault(id, "image/png");
            return id.equals("none")
                    ? Optional.empty()
                    : Optional.of(new StoredDocument(
                            id,
                            id.equals("foreign") ? "b2" : "b1",
                            "shots/a\"b\r\nü;.png",
                            type,
                            id,
                            ("bytes of " + id).length(),
                            null,
                            NOW,
                            0));
        }

        Object transition(Object... arguments) {
            throw new TransitionRefused("not yet", List.of("store_live"));
        }

        Object pnl(Object... arguments) {
            Money none = Money.of("0.00", "USD");
            return List.of(new Businesses.Period(
                    LocalDate.of(2026, 1, 1),
                    LocalDate.of(2026, 1, 31),
                    Money.of("100.50", "USD"),
                    Money.of("40.00", "USD"),
                    Money.of("20.00", "USD"),
                    none,
                    Money.of("40.50", "USD"),
                    new BigDecimal("0.6"),
                    3,
                    0));
        }

        private static Business business() {
            return new Business("b1", "Shop", "saas", null, "USD", Business.Status.SETUP, null, null, NOW, NOW, 0);
        }
    }
}
