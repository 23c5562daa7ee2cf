/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.BackendStatus;
import ai.king.inference.Window;
import ai.king.plug.Generation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;

/**
 * A backend that could take a call: the generation that serves most, what it says of itself, and the calls that this node
 * has under way there.
 */
record Candidate(Generation generation, BackendStatus status, int calls) {

    private static final double FULL = 0.95;
    private static final int LAST = 100;
    private static final int LARGEST_WINDOW = 100_000_000;
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);

    /** The order for most calls: what is full last, then the cheapest, then in house before hosted. */
    static final Comparator<Candidate> BY_COST =
            Comparator.comparing(Candidate::full).thenComparing(Candidate::cost).thenComparingInt(Candidate::rank);

    /** The order where much is at stake: the high tier, then the best of the others. */
    static final Comparator<Candidate> BY_TIER =
            Comparator.comparing((Candidate candidate) -> !candidate.high()).thenComparing(BY_COST);

    /** The order among those that are equal: the least busy. */
    static final Comparator<Candidate> BY_LOAD = Comparator.comparingDouble(Candidate::load)
            .thenComparingInt(Candidate::calls)
            .thenComparing(Candidate::name);

    String name() {
        return generation.name();
    }

    String provider() {
        return text("king.backend.provider", name());
    }

    double load() {
        return status.load().orElse(0);
    }

    private boolean full() {
        return load() >= FULL;
    }

    private boolean high() {
        return text("king.backend.tier", "").equals("high");
    }

    /** vLLM 10, Ollama 20, hosted 30; what says nothing comes last. */
    private int rank() {
        return (int) number("king.backend.rank", LAST);
    }

    /** Of a million tokens; what runs in house names none. */
    double cost() {
        return number("king.backend.cost", 0);
    }

    /** How much its model reads at once: as configured, or as it says itself; the usual where neither does. */
    Window window() {
        String model = status.models().stream().findFirst().orElse("");
        double said = number("king.backend.window", 0);
        boolean plausible = said >= 1 && said <= LARGEST_WINDOW;
        return new Window(
                model,
                plausible ? (int) said : status.window().orElse(Window.usual().tokens()));
    }

    /** What so many tokens cost. */
    BigDecimal price(long promptTokens, long completionTokens) {
        double completion = number("king.backend.cost.completion", 0);
        return exact(cost())
                .multiply(BigDecimal.valueOf(promptTokens))
                .add(exact(completion > 0 ? completion : cost()).multiply(BigDecimal.valueOf(completionTokens)))
                .divide(MILLION, MathContext.DECIMAL64);
    }

    private static BigDecimal exact(double cost) {
        return cost == Double.MAX_VALUE ? BigDecimal.ZERO : BigDecimal.valueOf(cost);
    }

    private String text(String key, String otherwise) {
        return generation.properties().getOrDefault(key, otherwise).toString();
    }

    /** A configuration file names numbers as text. */
    private double number(String key, double otherwise) {
        try {
            return Double.parseDouble(text(key, Double.toString(otherwise)));
        } catch (NumberFormatException e) {
            return Double.MAX_VALUE;
        }
    }
}
