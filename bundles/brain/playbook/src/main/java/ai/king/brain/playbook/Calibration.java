/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import java.util.Comparator;
import java.util.List;

/** Turns a score into a probability: of the trials that scored about the same, so many were right. */
final class Calibration {

    private static final int WINDOW = 40;

    private final List<Trial> trials;

    /** A case whose answer is known. */
    record Trial(double score, boolean right) {}

    Calibration(List<Trial> trials) {
        this.trials =
                trials.stream().sorted(Comparator.comparingDouble(Trial::score)).toList();
    }

    /** Between 0 and 1, never quite either. */
    double confidence(double score) {
        int at = 0;
        while (at < trials.size() && trials.get(at).score() < score) {
            at++;
        }
        int from = Math.max(0, Math.min(at - WINDOW / 2, trials.size() - WINDOW));
        List<Trial> alike = trials.subList(from, Math.min(trials.size(), from + WINDOW));
        long right = alike.stream().filter(Trial::right).count();
        return (right + 1.0) / (alike.size() + 2.0);
    }
}
