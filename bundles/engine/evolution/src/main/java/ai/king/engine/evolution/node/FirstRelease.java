/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.node;

import ai.king.engine.evolution.FaultPoint;
import ai.king.engine.evolution.Releases;
import ai.king.engine.evolution.jar.PlugFolder;
import ai.king.engine.evolution.jar.PlugFolder.Shipped;
import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes release 1 from the plugs that travel with the distribution, once for a database. */
final class FirstRelease {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRelease.class);

    private final PlugFolder folder;
    private final PlaybookFolder playbooks;

    FirstRelease(PlugFolder folder, PlaybookFolder playbooks) {
        this.folder = folder;
        this.playbooks = playbooks;
    }

    void make(Store store, Payloads payloads) {
        List<Shipped> shipped = folder.read();
        List<Item> items = new ArrayList<>();
        shipped.forEach(plug -> items.addAll(plug.items()));
        int plugs = items.size();
        items.addAll(playbooks.items());
        try {
            store.write(Actor.system("evolution"), tx -> store(tx, payloads, shipped, items));
            LOG.info("Release 1 made from the distribution: {} plugs", plugs);
        } catch (DuplicateRow another) {
            LOG.debug("Another node made the first release");
        }
    }

    private static Release store(Tx tx, Payloads payloads, List<Shipped> shipped, List<Item> items) {
        for (Shipped plug : shipped) {
            if (!plug.items().isEmpty()) {
                put(tx, payloads, plug);
            }
        }
        Release release = tx.insert(new Release("1", 1, 0, null, items, tx.now(), 0));
        tx.insert(new Pointer(Releases.POINTER, 1, null, null, 0, 0));
        tx.record("release.first", "1", Map.of("plugs", items.size()));
        tx.enqueue("evolution.released", Map.of("release", 1), "global");
        FaultPoint.FIRST.hit(tx);
        return release;
    }

    private static void put(Tx tx, Payloads payloads, Shipped plug) {
        try (InputStream in = Files.newInputStream(plug.file())) {
            String stored = payloads.put(tx, in, null);
            if (!stored.equals(plug.digest())) {
                throw new IllegalStateException(plug.file() + " changed while it was read");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(plug.file() + " cannot be read", e);
        }
    }
}
