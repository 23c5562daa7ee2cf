/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.util.Arrays;

/** The vectors of a space as the graph sees them, by number; each copy reads into a place of its own. */
final class Vectors implements RandomAccessVectorValues {

    private static final VectorTypeSupport TYPES =
            VectorizationProvider.getInstance().getVectorTypeSupport();

    /** Where the records of these vectors are: never moves what is there. */
    static final class Places {
        private volatile long[] addresses = new long[64];
        private volatile int count;

        int add(long address) {
            int number = count;
            long[] all = addresses;
            if (number == all.length) {
                all = Arrays.copyOf(all, number * 2);
            }
            all[number] = address;
            addresses = all;
            count = number + 1;
            return number;
        }

        long at(int number) {
            return addresses[number];
        }

        int count() {
            return count;
        }
    }

    private final Log log;
    private final Places places;
    private final float[] numbers;
    private final VectorFloat<?> vector;

    Vectors(Log log, Places places, int dimension) {
        this.log = log;
        this.places = places;
        this.numbers = new float[dimension];
        this.vector = TYPES.createFloatVector(numbers);
    }

    static VectorFloat<?> of(float[] numbers) {
        return TYPES.createFloatVector(numbers);
    }

    float[] numbers(int number) {
        log.vector(places.at(number), numbers);
        return numbers;
    }

    @Override
    public int size() {
        return places.count();
    }

    @Override
    public int dimension() {
        return numbers.length;
    }

    @Override
    public VectorFloat<?> getVector(int number) {
        log.vector(places.at(number), numbers);
        return vector;
    }

    @Override
    public boolean isValueShared() {
        return true;
    }

    @Override
    public Vectors copy() {
        return new Vectors(log, places, numbers.length);
    }
}
