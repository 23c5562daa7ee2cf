/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.InferenceBackend;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vectors from the cheapest backend that embeds; what it costs is paid by the business they are made for, else by the platform's own budget. */
final class Embeddings {

    private static final Logger LOG = LoggerFactory.getLogger(Embeddings.class);

    private final Plugs plugs;
    private final Candidates candidates;
    private final Breakers breakers;
    private final Budget budget;

    Embeddings(Plugs plugs, Candidates candidates, Breakers breakers, Budget budget) {
        this.plugs = plugs;
        this.candidates = candidates;
        this.breakers = breakers;
        this.budget = budget;
    }

    Optional<List<float[]>> embed(List<String> texts, Optional<String> businessId) {
        String payer = businessId.map(id -> "business:" + id).orElse("platform");
        List<Candidate> sorted = candidates.all().stream()
                .sorted(Candidate.BY_COST.thenComparing(Candidate.BY_LOAD))
                .toList();
        for (Candidate candidate : sorted) {
            if (candidate.status().embeds() && candidate.status().healthy()) {
                Optional<List<float[]>> vectors =
                        candidate.cost() > 0 ? paid(candidate, texts, payer) : embed(candidate.name(), texts);
                if (vectors.isPresent()) {
                    return vectors;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<List<float[]>> paid(Candidate candidate, List<String> texts, String payer) {
        long tokens = texts.stream().mapToLong(Estimate::tokens).sum();
        BigDecimal price = candidate.price(tokens, 0);
        Budget.Reserved reserved = budget.reserve(payer, candidate.name(), tokens, price);
        if (reserved.refusal().isPresent()) {
            LOG.warn(
                    "Backend {} may not embed: {}",
                    candidate.name(),
                    reserved.refusal().get().reason());
            return Optional.empty();
        }
        Optional<List<float[]>> vectors = Optional.empty();
        try {
            vectors = embed(candidate.name(), texts);
        } finally {
            reserved.settle(vectors.isPresent() ? tokens : 0, vectors.isPresent() ? price : BigDecimal.ZERO);
        }
        return vectors;
    }

    private Optional<List<float[]>> embed(String name, List<String> texts) {
        Breaker breaker = breakers.of(name);
        if (!breaker.permits()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try (Lease<InferenceBackend> lease = plugs.lease(InferenceBackend.class, name, Candidates.NO_GOAL)) {
            try {
                List<float[]> vectors = lease.plug().embed(texts);
                breaker.succeeded(System.nanoTime() - start);
                return Optional.of(vectors);
            } catch (RuntimeException | LinkageError e) {
                if (Thread.currentThread().isInterrupted()) {
                    breaker.undecided();
                } else {
                    LOG.warn("Backend {} does not embed: {}", name, String.valueOf(e.getMessage()));
                    breaker.failed(System.nanoTime() - start);
                    lease.failed();
                }
                return Optional.empty();
            }
        } catch (NoSuchPlug e) {
            breaker.undecided();
            return Optional.empty();
        }
    }
}
