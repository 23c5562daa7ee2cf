/* SPDX-License-Identifier: Apache-2.0 */
package ai.djl.util;

/**
 * Takes the place of the class of the same name in DJL, which asks the cloud's metadata service who we are and
 * reports it to its makers the first time a tokenizer is made. This one does neither.
 */
public final class Ec2Utils {

    private Ec2Utils() {}

    /** No machine is ever asked for its kind. */
    public static boolean isSageMaker() {
        return false;
    }

    /** Calls nobody. */
    public static void callHome(String engine) {}
}
