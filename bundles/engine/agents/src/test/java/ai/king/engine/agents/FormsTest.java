/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.store.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What reading and writing JSON gives is the measure for copies that are made without. */
class FormsTest {

    private record Pair(String key, int value) {}

    @Test
    void copiesAsJsonWould() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "ä\u0000\"\ud83d\ude00");
        values.put("none", null);
        values.put("yes", true);
        values.put("whole", 7);
        values.put("long", List.of(7L, Long.MAX_VALUE));
        values.put("big", new BigInteger("99999999999999999999999"));
        values.put("fraction", List.of(1.5, 2.0f, new BigDecimal("1.10"), new BigDecimal("5")));
        values.put("record", new Pair("a", 1));
        values.put("unit", TimeUnit.DAYS);
        values.put("dates", List.of(Instant.EPOCH, LocalDate.EPOCH));
        values.put("maybe", Arrays.asList(Optional.of("x"), null));
        values.put("array", new int[] {1, 2});
        values.put("keys", new TreeMap<>(Map.of(1, "one")));
        values.put("deep", Map.of("list", List.of(List.of(Map.of("x", List.of())))));
        assertThat(Forms.plain(values)).isEqualTo(Json.readMap(Json.write(values)));
    }

    @Test
    void aCopyIsAPlugsNoMore() {
        List<Object> inner = new ArrayList<>(List.of("a"));
        Map<String, Object> given = new HashMap<>(Map.of("list", inner));
        Map<String, Object> copy = Forms.plain(given);
        inner.add("b");
        given.put("more", 1);
        assertThat(copy).isEqualTo(Map.of("list", List.of("a")));
    }

    @Test
    void refusesWhatHasNoEnd() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("one", endless);
        endless.put("two", endless);
        assertThatThrownBy(() -> Forms.plain(endless)).isInstanceOf(IllegalArgumentException.class);
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertThatThrownBy(() -> Forms.plain(Map.of("list", list))).isInstanceOf(IllegalArgumentException.class);
    }
}
