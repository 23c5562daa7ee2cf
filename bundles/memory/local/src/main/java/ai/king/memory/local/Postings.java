/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which entries have an attribute: their numbers in ascending order. Written by one thread at a time, read by many. */
final class Postings {

    private final Map<String, Numbers> lists = new ConcurrentHashMap<>();

    /** A list as it was at one moment; later numbers come after {@code count} or into another array. */
    record Numbers(int[] numbers, int count) {

        boolean has(int number) {
            return Arrays.binarySearch(numbers, 0, count, number) >= 0;
        }
    }

    void add(int number, Map<String, String> attributes) {
        attributes.forEach((name, value) -> lists.compute(key(name, value), (key, before) -> {
            if (before == null) {
                return new Numbers(new int[] {number}, 1);
            }
            int[] numbers = before.count() < before.numbers().length
                    ? before.numbers()
                    : Arrays.copyOf(before.numbers(), before.count() * 2);
            numbers[before.count()] = number;
            return new Numbers(numbers, before.count() + 1);
        }));
    }

    private static String key(String name, String value) {
        return name.length() + ":" + name + value;
    }

    /** The lists of all attributes of a filter, the shortest first; empty when no entry has one of them. */
    Optional<Numbers[]> of(Map<String, String> filter) {
        Numbers[] all = new Numbers[filter.size()];
        int found = 0;
        for (Map.Entry<String, String> each : filter.entrySet()) {
            Numbers list = lists.get(key(each.getKey(), each.getValue()));
            if (list == null) {
                return Optional.empty();
            }
            all[found++] = list;
        }
        Arrays.sort(all, (a, b) -> Integer.compare(a.count(), b.count()));
        return Optional.of(all);
    }
}
