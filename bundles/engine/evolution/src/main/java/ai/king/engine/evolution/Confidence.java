/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.store.Query;
import ai.king.store.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How sure the platform is of a proposal: 0.30 quality, 0.25 tests, 0.20 history, 0.25 a model's estimate. What cannot be
 * said drops out, and the rest is weighed anew.
 */
record Confidence(BigDecimal overall, Map<String, Object> parts) {

    /** What the AI's own proposals must exceed. */
    static final BigDecimal AI_MINIMUM = new BigDecimal("0.80");

    private static final double QUALITY = 0.30;
    private static final double TESTS = 0.25;
    private static final double HISTORY = 0.20;
    private static final int FEWEST = 5;
    private static final Set<String> TEST_CHECKS = Set.of("contract", "sandbox");

    static Confidence of(Reader reader, Proposal proposal, Admission.Result result) {
        Map<String, Double> parts = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        long passed = count(result.findings(), Verdict.PASS);
        long failed = count(result.findings(), Verdict.FAIL);
        if (passed + failed > 0) {
            parts.put("quality", (double) passed / (passed + failed));
            weights.put("quality", QUALITY);
        }
        if (result.testsRun() > 0) {
            parts.put("tests", (double) result.testsPassed() / result.testsRun());
            weights.put("tests", TESTS);
        }
        long stayed = ended(reader, proposal, Status.COMPLETED);
        long all = stayed + ended(reader, proposal, Status.ROLLED_BACK);
        if (all >= FEWEST) {
            parts.put("history", (stayed + 1.0) / (all + 1.0));
            weights.put("history", HISTORY);
        }
        double weight = 0;
        double sum = 0;
        for (Map.Entry<String, Double> part : parts.entrySet()) {
            double share = weights.getOrDefault(part.getKey(), 0.0);
            weight += share;
            sum += share * part.getValue();
        }
        Map<String, Object> rounded = new LinkedHashMap<>();
        parts.forEach((name, value) -> rounded.put(name, rounded(value)));
        return new Confidence(rounded(weight == 0 ? 0 : sum / weight), rounded);
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream()
                .filter(finding -> !TEST_CHECKS.contains(finding.check()))
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }

    private static long ended(Reader reader, Proposal proposal, Status status) {
        return reader.count(
                Query.of(Proposal.class).where("kind", proposal.kind()).where("status", status));
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
    }
}
