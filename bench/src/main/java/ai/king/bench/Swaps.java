/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Makes releases as a promoted proposal does, row for row, so that the nodes' own reconcilers swap: in turn another
 * configuration and another build of a plug.
 */
final class Swaps {

    private static final String POINTER = "release";

    private final Store store;
    private final Payloads payloads;
    private final Path plugs;
    private int made;

    /** @param plugs the folder with the jars of the distribution */
    Swaps(Store store, Payloads payloads, Path plugs) {
        this.store = store;
        this.payloads = payloads;
        this.plugs = plugs;
    }

    /** From now on a second echo lives in the jail, under this name, and is swapped with the first one; the release's number. */
    long jailed(String name) {
        return release(now -> {
            List<Item> items = new ArrayList<>(now.items());
            now.items().stream()
                    .filter(item -> item.name().equals("echo"))
                    .map(item -> new Item(
                            item.plug(),
                            name,
                            item.type(),
                            item.bundle(),
                            item.bundleVersion(),
                            Map.of("king.agent.name", name),
                            "jail"))
                    .forEach(items::add);
            return items;
        });
    }

    /** From now on there are these agents, too, each a build of echo of its own; the release's number. */
    long many(List<String> inProcess, List<String> jailed) {
        return store.write(
                Actor.system("bench"),
                tx -> release(tx, now -> {
                    Item echo = now.items().stream()
                            .filter(item -> item.name().equals("echo"))
                            .findFirst()
                            .orElseThrow();
                    List<Item> items = new ArrayList<>(now.items());
                    inProcess.forEach(name -> items.add(built(tx, echo, name, "platform", "first")));
                    jailed.forEach(name -> items.add(built(tx, echo, name, "jail", "first")));
                    return items;
                }));
    }

    /** Another build of each of these becomes the permanent one; the number of its release. */
    long rebuilt(List<String> names, String build) {
        return store.write(
                Actor.system("bench"),
                tx -> release(tx, now -> now.items().stream()
                        .map(item -> names.contains(item.name())
                                ? built(tx, item, item.name(), item.placement(), build)
                                : item)
                        .toList()));
    }

    private Item built(Tx tx, Item item, String name, String placement, String build) {
        String version = "1.1.0." + name + "-" + build;
        String digest = payloads.put(tx, new ByteArrayInputStream(stamped(item.plug(), version)), null);
        return new Item(item.plug(), name, item.type(), digest, version, Map.of("king.agent.name", name), placement);
    }

    /** Another generation of echo or commerce becomes the permanent one; the number of its release. */
    long next() {
        int turn = made++;
        String plug = turn % 4 < 2 ? "ai.king.agent.echo" : "ai.king.agent.commerce";
        return store.write(
                Actor.system("bench"),
                tx -> release(tx, now -> now.items().stream()
                        .map(item -> item.plug().equals(plug) ? changed(tx, item, turn) : item)
                        .toList()));
    }

    private long release(Function<Release, List<Item>> items) {
        return store.write(Actor.system("bench"), tx -> release(tx, items));
    }

    private static long release(Tx tx, Function<Release, List<Item>> items) {
        Pointer pointer = tx.lock(Pointer.class, POINTER).orElseThrow();
        Release now = tx.find(Release.class, Long.toString(pointer.permanent())).orElseThrow();
        long no = now.no() + 1;
        tx.insert(new Release(Long.toString(no), no, now.no(), null, items.apply(now), tx.now(), 0));
        tx.update(new Pointer(POINTER, no, null, null, 0, pointer.version()));
        tx.record("release.promoted", Long.toString(no), Map.of());
        tx.enqueue("evolution.released", Map.of("release", no), "global");
        return no;
    }

    private Item changed(Tx tx, Item item, int turn) {
        Map<String, Object> values = new HashMap<>(item.values());
        String digest = item.bundle();
        String version = item.bundleVersion();
        if (turn % 2 == 0) {
            boolean echo = item.plug().endsWith(".echo");
            values.put(echo ? "prefix" : "cover_days", echo ? turn + ": " : (Object) (30 + turn % 60));
        } else {
            version = "1.1.0.swap" + turn;
            digest = payloads.put(tx, new ByteArrayInputStream(stamped(item.plug(), version)), null);
        }
        return new Item(item.plug(), item.name(), item.type(), digest, version, values, item.placement());
    }

    /** The plug's jar with another version: what the next build gives. */
    private byte[] stamped(String plug, String version) {
        try (InputStream file = Files.newInputStream(plugs.resolve(plug + ".jar"));
                JarInputStream in = new JarInputStream(file)) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
