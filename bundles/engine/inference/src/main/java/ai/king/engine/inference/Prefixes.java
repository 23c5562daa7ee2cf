/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which replica has lately seen how prompts begin: one that has keeps their cached prefix, and answers sooner. A prompt is
 * cut into blocks, each known by a hash of itself and all before it, so that equal beginnings share their first marks.
 */
final class Prefixes {

    private static final int BLOCK = 256;
    private static final int BLOCKS = 512;
    private static final int KEPT = 65_536;

    private final Map<String, Marks> replicas = new ConcurrentHashMap<>();

    /** The marks of one replica, the least recently used forgotten first. */
    private static final class Marks extends LinkedHashMap<Long, Boolean> {
        private static final long serialVersionUID = 1;

        Marks() {
            super(1024, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > KEPT;
        }
    }

    /** How a prompt begins, in marks from the first block on. */
    static List<Long> marks(Prompt prompt) {
        Chain chain = new Chain();
        prompt.model().ifPresent(chain::add);
        for (Prompt.Function function : prompt.functions()) {
            chain.add(function.name());
            chain.add(function.schema());
        }
        for (Message message : prompt.messages()) {
            chain.add(message.role().name());
            chain.add(message.text());
        }
        return chain.marks;
    }

    /** How many of the first blocks a replica has seen. */
    int known(String replica, List<Long> marks) {
        Marks seen = replicas.get(replica);
        if (seen == null) {
            return 0;
        }
        synchronized (seen) {
            int count = 0;
            while (count < marks.size() && seen.get(marks.get(count)) != null) {
                count++;
            }
            return count;
        }
    }

    /** How much a replica has to keep. */
    int size(String replica) {
        Marks seen = replicas.get(replica);
        if (seen == null) {
            return 0;
        }
        synchronized (seen) {
            return seen.size();
        }
    }

    /** The replica answers this prompt now. */
    void note(String replica, List<Long> marks) {
        Marks seen = replicas.computeIfAbsent(replica, name -> new Marks());
        synchronized (seen) {
            marks.forEach(mark -> seen.put(mark, Boolean.TRUE));
        }
    }

    private static final class Chain {
        private final List<Long> marks = new ArrayList<>();
        private long hash = 1_125_899_906_842_597L;
        private int length;

        void add(String text) {
            for (int i = 0; i < text.length() && marks.size() < BLOCKS; i++) {
                step(text.charAt(i));
            }
            step('\u0000');
        }

        private void step(char next) {
            hash = 31 * hash + next;
            if (++length % BLOCK == 0 && marks.size() < BLOCKS) {
                marks.add(hash);
            }
        }
    }
}
