/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Vectors as they are stored, and how near two of them are. */
final class Vectors {

    private Vectors() {}

    static String text(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static float[] of(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    /** Whether an index can hold it: of any length but none, and every number finite. */
    static boolean sound(float[] vector) {
        double length = 0;
        for (float value : vector) {
            length += (double) value * value;
        }
        return length > 0 && Double.isFinite(length);
    }

    /** The cosine of the angle between two vectors of one dimension. */
    static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return lengthA == 0 || lengthB == 0 ? 0 : Math.max(-1, Math.min(1, dot / Math.sqrt(lengthA * lengthB)));
    }

    /** The vector of this dimension that stands for no text at all. */
    static float[] first(int dimension) {
        float[] vector = new float[dimension];
        vector[0] = 1;
        return vector;
    }
}
