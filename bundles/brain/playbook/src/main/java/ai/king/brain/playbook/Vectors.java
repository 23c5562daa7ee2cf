/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

/** Arithmetic on vectors of one length. */
final class Vectors {

    private Vectors() {}

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** The same direction at length 1; zero stays zero. */
    static float[] unit(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = length == 0 ? 0 : (float) (vector[i] / length);
        }
        return unit;
    }

    static float[] add(float[] a, float[] b, int sign) {
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + sign * b[i];
        }
        return sum;
    }

    /** Values as shares of one, the greater the nearer; sharpness says how fast a share falls with distance. */
    static double[] shares(double[] nearness, double sharpness) {
        double top = Double.NEGATIVE_INFINITY;
        for (double value : nearness) {
            top = Math.max(top, value);
        }
        double all = 0;
        double[] shares = new double[nearness.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp(sharpness * (nearness[i] - top));
            all += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= all;
        }
        return shares;
    }
}
