/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Values that are good for a few seconds, so that one page of requests asks the database once. */
final class Remembered<V> {

    private static final int MOST = 1000;

    private record Value<V>(V value, long until) {}

    private final long nanos;
    private final Map<String, Value<V>> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Value<V>> eldest) {
            return size() > MOST;
        }
    };
    private long generation;

    Remembered(long millis) {
        this.nanos = millis * 1_000_000;
    }

    /** The remembered value, or the one asked for now; a value read before {@link #forget} is not kept. */
    V get(String key, Supplier<V> ask) {
        long before;
        synchronized (this) {
            Value<V> entry = entries.get(key);
            if (entry != null && entry.until() - System.nanoTime() > 0) {
                return entry.value();
            }
            before = generation;
        }
        V value = ask.get();
        synchronized (this) {
            if (before == generation) {
                entries.remove(key);
                entries.put(key, new Value<>(value, System.nanoTime() + nanos));
            }
        }
        return value;
    }

    synchronized void forget() {
        entries.clear();
        generation++;
    }
}
