/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import io.github.jbellis.jvector.disk.ByteBufferReader;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The neighbourhood graph over the vectors of one space. Grown by one thread at a time, searched by many meanwhile. */
final class Graph {

    private static final int DEGREE = 16;
    private static final int BEAM = 100;
    private static final int SIDE_BY_SIDE = 32;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;
    private static final VectorSimilarityFunction NEARNESS = VectorSimilarityFunction.DOT_PRODUCT;

    private final Vectors vectors;
    private final GraphIndexBuilder builder;
    private final Deque<Searcher> searchers = new ArrayDeque<>();
    private volatile int size;

    /** What one search at a time uses; kept, for its heaps are large. */
    private record Searcher(GraphSearcher searcher, Vectors vectors) {}

    Graph(Vectors vectors) {
        this.vectors = vectors;
        // The common pool: a pool of the library's own would stay when this bundle leaves.
        builder = new GraphIndexBuilder(
                BuildScoreProvider.randomAccessScoreProvider(vectors, NEARNESS),
                vectors.dimension(),
                DEGREE,
                BEAM,
                OVERFLOW,
                ALPHA,
                true,
                false,
                ForkJoinPool.commonPool(),
                ForkJoinPool.commonPool());
    }

    /** How many of the numbers from 0 on have had their turn. */
    int size() {
        return size;
    }

    /** The turn of the next numbers, side by side where there are many; what is dead is passed over. */
    void grow(int steps, IntPredicate dead) {
        IntStream turn = IntStream.range(size, Math.min(size + steps, vectors.size()));
        (steps < SIDE_BY_SIDE ? turn : turn.parallel())
                .filter(number -> !dead.test(number))
                .forEach(number -> builder.addGraphNode(number, vectors.copy().getVector(number)));
        size = Math.min(size + steps, vectors.size());
    }

    /** Takes nodes out for good; nothing leads to their vectors any more. */
    void remove(Iterable<Integer> numbers) {
        boolean any = false;
        for (int number : numbers) {
            if (number < size && builder.getGraph().containsNode(number)) {
                builder.markNodeDeleted(number);
                any = true;
            }
        }
        if (any) {
            builder.removeDeletedNodes();
        }
    }

    SearchResult.NodeScore[] search(float[] asked, int limit, int effort, Bits wanted) {
        Searcher taken = take();
        try {
            VectorFloat<?> query = Vectors.of(asked);
            taken.searcher().setView(builder.getGraph().getView());
            SearchResult found = taken.searcher()
                    .search(
                            DefaultSearchScoreProvider.exact(query, NEARNESS, taken.vectors()),
                            limit,
                            effort,
                            0f,
                            0f,
                            wanted);
            return found.getNodes();
        } finally {
            synchronized (searchers) {
                searchers.push(taken);
            }
        }
    }

    private Searcher take() {
        synchronized (searchers) {
            @Nullable Searcher free = searchers.poll();
            return free != null ? free : new Searcher(new GraphSearcher(builder.getGraph()), vectors.copy());
        }
    }

    /** Cosine from the library's score. */
    static double cosine(float score) {
        return 2.0 * score - 1;
    }

    /** Writes it to a file; the library lets no finished graph grow, so this one is for searching only from here on. */
    void finish(Path file) throws IOException {
        builder.cleanup();
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16))) {
            out.writeInt(size);
            out.writeInt(vectors.dimension());
            ((OnHeapGraphIndex) builder.getGraph()).save(out);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes over a saved graph; false when it does not fit what is there. */
    boolean load(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < 2 * Integer.BYTES || channel.size() > Integer.MAX_VALUE) {
                return false;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
            bytes.flip();
            int saved = bytes.getInt();
            if (bytes.getInt() != vectors.dimension() || saved > vectors.size()) {
                return false;
            }
            builder.load(new ByteBufferReader(bytes.slice()));
            size = saved;
            return true;
        }
    }
}
