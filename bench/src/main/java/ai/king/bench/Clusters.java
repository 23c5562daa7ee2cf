/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Vectors of {@value #DIMENSION} numbers in clusters, each made from its number; what is nearest is found by comparing all. */
final class Clusters {

    static final int DIMENSION = 384;

    /** Made at once: a million vectors would not fit. */
    static final int BATCH = 500;

    private static final int CLUSTERS = 500;

    private final float[][] centres = centres();

    private static float[][] centres() {
        Random random = new Random(1);
        float[][] centres = new float[CLUSTERS][];
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = unit(random, new float[DIMENSION], 1);
        }
        return centres;
    }

    private static float[] unit(Random random, float[] around, double spread) {
        float[] vector = new float[DIMENSION];
        double length = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) (around[i] + random.nextGaussian() * spread);
            length += vector[i] * vector[i];
        }
        float factor = (float) (1 / Math.sqrt(length));
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= factor;
        }
        return vector;
    }

    /** Made from its number whenever it is needed: a million of them would not fit. */
    float[] vector(int number) {
        Random random = new Random(7_919L * number + 3);
        return unit(random, centres[random.nextInt(CLUSTERS)], 0.03);
    }

    /** Vectors like the others that are none of them. */
    float[][] questions(int count) {
        return IntStream.range(0, count).mapToObj(i -> vector(-1 - i)).toArray(float[][]::new);
    }

    /** The numbers of the nearest of so many, for each question. */
    List<Set<Integer>> truth(float[][] questions, int count, int nearest) {
        List<PriorityQueue<double[]>> best = new ArrayList<>();
        for (int i = 0; i < questions.length; i++) {
            best.add(new PriorityQueue<>(Comparator.comparingDouble(each -> each[0])));
        }
        for (int from = 0; from < count; from += BATCH) {
            int first = from;
            float[][] some = IntStream.range(from, Math.min(count, from + BATCH))
                    .parallel()
                    .mapToObj(this::vector)
                    .toArray(float[][]::new);
            IntStream.range(0, questions.length)
                    .parallel()
                    .forEach(i -> nearer(best.get(i), nearest, questions[i], some, first));
        }
        return best.stream()
                .map(queue -> queue.stream().map(each -> (int) each[1]).collect(Collectors.toSet()))
                .toList();
    }

    private static void nearer(PriorityQueue<double[]> best, int nearest, float[] asked, float[][] some, int first) {
        for (int n = 0; n < some.length; n++) {
            float dot = 0;
            for (int i = 0; i < DIMENSION; i++) {
                dot += asked[i] * some[n][i];
            }
            if (best.size() < nearest || dot > best.peek()[0]) {
                best.add(new double[] {dot, first + n});
                if (best.size() > nearest) {
                    best.poll();
                }
            }
        }
    }
}
