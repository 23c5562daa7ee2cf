/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.content.Content;
import ai.king.engine.evolution.content.Contents;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release.Item;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Risk;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people are asked about a proposal, with all they need to decide it. */
record Question(Proposal proposal, List<Item> before, List<Item> after) {

    private static final Pattern HOST = Pattern.compile("[a-z][a-z0-9+.-]*://([^/\\s\"']+)");

    /** How much is at stake: computed from what changes, never taken from the request. */
    Risk risk() {
        if (proposal.kind() == Proposal.Kind.CONFIGURATION) {
            return Risk.LOW;
        }
        Optional<Content> content = content();
        if (content.isPresent()) {
            return content.get().risk();
        }
        Risk risk = Risk.MEDIUM;
        for (Item item : added()) {
            if (!item.type().equals("Agent")) {
                risk = risk.atLeast(Risk.HIGH);
            } else if (comesIntoThePlatform(item)) {
                risk = Risk.CRITICAL;
            }
        }
        return risk;
    }

    private Optional<Content> content() {
        return Contents.of(proposal.kind(), proposal.change());
    }

    /** An agent that was not in the platform before and would be now. */
    private boolean comesIntoThePlatform(Item item) {
        return !Generations.jailed(item)
                && before.stream()
                        .noneMatch(
                                old -> Generations.key(old).equals(Generations.key(item)) && !Generations.jailed(old));
    }

    /**
     * What people are asked.
     *
     * @param jars what the bundles say about themselves
     * @param code what changes in it
     */
    Approvals.Question approval(Change.Jars jars, List<CodeChanges.Section> code) {
        Risk risk = risk();
        String text = QuestionText.of(
                new QuestionText.Asked(proposal, before, after, hosts(), risk.name(), factors(risk), code), jars);
        boolean placed = risk == Risk.CRITICAL || proposal.kind() == Proposal.Kind.INFRASTRUCTURE;
        return new Approvals.Question(
                placed ? Approval.Type.SYSTEM : Approval.Type.TECHNICAL,
                Visible.of(proposal.title()),
                text,
                risk,
                factors(risk),
                payload(text),
                Optional.empty(),
                "proposal",
                proposal.id(),
                Optional.empty(),
                Optional.empty(),
                proposal.author(),
                Optional.of(proposal.author()));
    }

    private List<String> factors(Risk risk) {
        List<String> factors = new ArrayList<>();
        factors.add(proposal.kind() + " by " + proposal.origin());
        for (Item item : Contents.plugs(added())) {
            factors.add(item.type() + " " + item.name() + " runs in the "
                    + (Generations.jailed(item) ? "jail" : "platform"));
        }
        if (proposal.kind() == Proposal.Kind.INFRASTRUCTURE) {
            factors.add("what people apply of it changes machines, networks and costs");
        }
        if (risk == Risk.CRITICAL) {
            factors.add("an agent would run in the platform itself, where nothing confines it");
        }
        return factors;
    }

    /** Everything that is shown for the decision stands in it, or is named by its digest. */
    private Map<String, Object> payload(String text) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("text", text);
        payload.put("proposalId", proposal.id());
        payload.put("kind", proposal.kind().name());
        payload.put("origin", proposal.origin().name());
        payload.put("author", proposal.author());
        payload.put("bundles", Change.digests(proposal));
        if (proposal.tests() != null) {
            payload.put("tests", proposal.tests());
        }
        payload.put("changes", changes());
        payload.put("findings", proposal.findings().stream().map(Json::asMap).toList());
        if (proposal.confidence() != null) {
            payload.put("confidence", proposal.confidence().toPlainString());
        }
        payload.put("hosts", List.copyOf(hosts()));
        payload.putAll(Voted.marks(proposal, risk().name(), added()));
        return payload;
    }

    private List<Map<String, Object>> changes() {
        List<Map<String, Object>> changes = new ArrayList<>();
        for (Item item : added()) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put("plug", item.plug());
            change.put("name", item.name());
            change.put("type", item.type());
            change.put("placement", item.placement());
            change.put("bundle", item.bundle());
            change.put("version", item.bundleVersion());
            Optional<Item> old = before.stream()
                    .filter(one -> Generations.key(one).equals(Generations.key(item)))
                    .findFirst();
            old.ifPresent(one -> {
                change.put("bundleBefore", one.bundle());
                change.put("versionBefore", one.bundleVersion());
            });
            change.put("values", values(old.map(Item::values).orElse(Map.of()), item.values()));
            changes.add(change);
        }
        return changes;
    }

    /** The options that differ, each as it was and as it would be. */
    private static List<Map<String, Object>> values(Map<String, Object> before, Map<String, Object> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<Map<String, Object>> values = new ArrayList<>();
        for (String key : keys) {
            String was = String.valueOf(before.getOrDefault(key, "(default)"));
            String becomes = String.valueOf(after.getOrDefault(key, "(default)"));
            if (!was.equals(becomes)) {
                values.add(Map.of("option", key, "before", was, "after", becomes));
            }
        }
        return values;
    }

    /** The hosts that its configuration names. */
    private Set<String> hosts() {
        return hosts(added());
    }

    static Set<String> hosts(List<Item> items) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Item item : items) {
            Matcher found = HOST.matcher(item.values().values().toString());
            while (found.find()) {
                hosts.add(found.group(1));
            }
        }
        return hosts;
    }

    private List<Item> added() {
        return Change.difference(after, before);
    }
}
