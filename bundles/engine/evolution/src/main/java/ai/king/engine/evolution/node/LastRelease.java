/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.evolution.Release.Item;
import ai.king.store.Json;
import java.util.List;
import java.util.Optional;

/** The permanent release this node applied last, on its disk: what it runs when it boots without the database. */
final class LastRelease {

    private static final String FILE = "release.json";

    private final DataFolder data;

    LastRelease(DataFolder data) {
        this.data = data;
    }

    /** As stored. */
    record Stored(long release, List<Item> items) {}

    Optional<Target> read() {
        return data.read(FILE)
                .map(text -> Json.read(text, Stored.class))
                .map(stored -> new Target(stored.release(), stored.items(), Optional.empty(), List.of()));
    }

    void write(Target target) {
        data.write(FILE, Json.write(new Stored(target.release(), target.items())));
    }
}
