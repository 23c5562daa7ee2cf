/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a proposal is, to the last bit, what people voted on. */
final class Voted {

    private static final String CONTENT = "content";
    private static final String RISK = "risk";
    private static final String PLACEMENTS = "placements";

    private Voted() {}

    /** What the payload of the question says so that it can be told later. */
    static Map<String, Object> marks(Proposal proposal, String risk, List<Item> added) {
        return Map.of(CONTENT, content(proposal), RISK, risk, PLACEMENTS, placements(added));
    }

    /**
     * What is not as it was approved; empty when everything is.
     *
     * @param added what it would add to the release now
     */
    static Optional<String> differs(Proposal proposal, Optional<Approval> asked, List<Item> added) {
        if (asked.isEmpty() || !asked.get().subject().equals(proposal.id())) {
            return Optional.of("there is no approval of it");
        }
        Approval approval = asked.get();
        Map<String, Object> payload = approval.payload();
        if (approval.status() != Approval.Status.APPROVED) {
            return Optional.of("its approval is " + approval.status());
        }
        if (!Json.digest(payload).equals(approval.payloadSha256())) {
            return Optional.of("the text that people read has changed since the vote");
        }
        if (!content(proposal).equals(payload.get(CONTENT))) {
            return Optional.of("the proposal has changed since the vote");
        }
        if (!proposal.risk().equals(payload.get(RISK))
                || !approval.risk().name().equals(payload.get(RISK))) {
            return Optional.of("its risk has changed since the vote");
        }
        return placements(added).equals(payload.get(PLACEMENTS))
                ? Optional.empty()
                : Optional.of("what it adds would live elsewhere than people approved: " + placements(added));
    }

    /** All of a proposal that decides what runs, and what was said of it. */
    private static String content(Proposal proposal) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("id", proposal.id());
        content.put("kind", proposal.kind().name());
        content.put("title", proposal.title());
        content.put("description", proposal.description());
        content.put("origin", proposal.origin().name());
        content.put("author", proposal.author());
        content.put("change", proposal.change());
        content.put("bundle", String.valueOf(proposal.bundle()));
        content.put("tests", String.valueOf(proposal.tests()));
        content.put("findings", proposal.findings().stream().map(Json::asMap).toList());
        return Json.digest(content);
    }

    private static Map<String, Object> placements(List<Item> added) {
        Map<String, TreeSet<String>> places = new TreeMap<>();
        added.forEach(item -> places.computeIfAbsent(Generations.key(item), key -> new TreeSet<>())
                .add(item.placement()));
        Map<String, Object> told = new TreeMap<>();
        places.forEach((key, where) -> told.put(key, String.join(", ", where)));
        return told;
    }
}
