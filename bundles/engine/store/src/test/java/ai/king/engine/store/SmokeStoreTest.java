/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.*;

import ai.king.gate.Setting;
import ai.king.store.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class SmokeStoreTest {
    @Test
    void h2() {
        go(TestDatabase.h2());
    }

    @Test
    void pg() {
        go(TestDatabase.postgresql());
    }

    void go(TestDatabase db) {
        Actor me = Actor.person("me");
        db.store.write(me, tx -> {
            tx.insert(new Setting("a", "1", 0));
            tx.record("x.y", "a", Map.of("k", 1));
            tx.enqueue("goal.x", Map.of(), "global");
            return 1;
        });
        Setting s = db.store.read(r -> r.find(Setting.class, "a")).orElseThrow();
        db.store.write(me, tx -> {
            tx.find(Setting.class, "a");
            tx.update(new Setting("a", "2", 0));
            tx.record("x.y", "a", Map.of("k", 1));
            assertThat(tx.find(Setting.class, "a").get()).isEqualTo(new Setting("a", "2", 1));
            assertThat(tx.lock(Setting.class, "a").get()).isEqualTo(new Setting("a", "2", 1));
            return 1;
        });
        assertThatThrownBy(() -> db.store.write(me, tx -> {
                    tx.update(s);
                    tx.record("x.y", "a", Map.of("k", 1));
                    return 1;
                }))
                .isInstanceOf(StaleRow.class);
        assertThatThrownBy(() -> db.store.write(me, tx -> {
                    tx.insert(s);
                    tx.record("x.y", "a", Map.of("k", 1));
                    return 1;
                }))
                .isInstanceOf(DuplicateRow.class);
        assertThat(db.store
                        .read(r -> r.page(Query.of(Setting.class).in("value", List.of("2", "3"))))
                        .items())
                .hasSize(1);
        assertThat(db.store.read(r -> r.find(Setting.class, "a")).orElseThrow().value())
                .isEqualTo("2");
    }
}
