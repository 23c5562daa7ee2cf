/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The library is the measure: the same bytes of whatever is written without it. */
class CanonicalTest {

    private static final String ODD = "aZ09 \"\\/\b\t\n\f\r\u0000\u001f\u007f\u0080\u00e9\u20ac\u2028\ufffd{}[],:";

    private final Random random = new Random(8785);

    @Test
    void writesWhatTheLibraryWrites() {
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> value = object(0);
            assertThat(Canonical.of(value))
                    .hasValueSatisfying(
                            bytes -> assertThat(bytes).as("%s", value).isEqualTo(Json.byLibrary(value)));
        }
    }

    @Test
    void leavesToTheLibraryWhatItDoesNotKnow() {
        record Pair(int a, int b) {}
        for (Object other : List.of(1.5, new BigDecimal("1E+2"), (1L << 53) + 1, new Pair(1, 2), Map.of(1, 2))) {
            assertThat(Canonical.of(List.of(other))).as("%s", other).isEmpty();
            assertThat(Json.canonical(List.of(other))).isEqualTo(Json.byLibrary(List.of(other)));
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            map.put(text(), value(depth + 1));
        }
        return map;
    }

    private @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < 5 ? 8 : 6)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong() >> 10 + random.nextInt(50);
            case 4 -> random.nextBoolean() ? 1L << 53 : -(1L << 53);
            case 5 -> text();
            case 6 -> object(depth);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            if (random.nextInt(8) == 0) {
                text.appendCodePoint(0x1F600 + random.nextInt(40));
            } else {
                text.append(ODD.charAt(random.nextInt(ODD.length())));
            }
        }
        return text.toString();
    }
}
