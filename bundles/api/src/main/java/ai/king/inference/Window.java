/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

/**
 * How much a model reads at once.
 *
 * @param model the model's name; empty where it is not known
 * @param tokens of prompt and answer together
 */
public record Window(String model, int tokens) {

    private static final int USUAL = 128_000;

    public Window {
        if (tokens < 1) {
            throw new IllegalArgumentException("a window has at least one token: " + tokens);
        }
    }

    /** What counts where a backend says nothing. */
    public static Window usual() {
        return new Window("", USUAL);
    }
}
