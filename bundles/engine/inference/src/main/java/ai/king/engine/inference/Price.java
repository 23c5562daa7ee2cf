/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.plug.Generation;
import ai.king.tool.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a backend's configuration says that a million tokens of one model cost. Nothing said is nothing known: never a guess. */
record Price(BigDecimal prompt, BigDecimal completion, String currency) {

    private static final Logger LOG = LoggerFactory.getLogger(Price.class);
    private static final String PROPERTY = "king.backend.prices";
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);
    private static final int WORDS = 4;

    /** Of an entry {@code <model> <prompt> <completion> <currency>} of that model. */
    static Optional<Price> of(Generation backend, String model) {
        return entries(backend.properties().get(PROPERTY)).stream()
                .map(entry -> entry.strip().split("\\s+"))
                .filter(words -> words.length == WORDS && words[0].equals(model))
                .findFirst()
                .flatMap(words -> read(backend.name(), words));
    }

    private static List<String> entries(@org.jspecify.annotations.Nullable Object property) {
        return property instanceof String[] several
                ? Arrays.asList(several)
                : property == null ? List.of() : List.of(property.toString().split(","));
    }

    private static Optional<Price> read(String backend, String[] words) {
        try {
            Price price = new Price(new BigDecimal(words[1]), new BigDecimal(words[2]), words[WORDS - 1]);
            price.of(1, 1);
            return price.prompt.signum() >= 0 && price.completion.signum() >= 0 ? Optional.of(price) : Optional.empty();
        } catch (IllegalArgumentException e) {
            LOG.warn("{} of backend {} is no price: {}", PROPERTY, backend, String.join(" ", words));
            return Optional.empty();
        }
    }

    Money of(long promptTokens, long completionTokens) {
        BigDecimal amount = prompt.multiply(BigDecimal.valueOf(promptTokens))
                .add(completion.multiply(BigDecimal.valueOf(completionTokens)))
                .divide(MILLION, MathContext.DECIMAL64);
        return new Money(amount, currency);
    }
}
