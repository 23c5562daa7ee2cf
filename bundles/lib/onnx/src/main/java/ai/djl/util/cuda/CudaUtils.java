/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.util.cuda;

/**
 * Takes the place of the class of the same name in DJL, which loads CUDA through JNA to choose a build of the
 * tokenizer. The tokenizer here runs on the CPU, so that neither JNA nor its natives are shipped.
 */
public final class CudaUtils {

    private CudaUtils() {}

    public static boolean hasCuda() {
        return false;
    }

    public static int getGpuCount() {
        return 0;
    }

    public static String getCudaVersionString() {
        throw new UnsupportedOperationException("the tokenizer runs on the CPU");
    }

    public static String getComputeCapability(int device) {
        throw new UnsupportedOperationException("the tokenizer runs on the CPU");
    }
}
