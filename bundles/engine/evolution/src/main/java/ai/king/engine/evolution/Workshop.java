/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.jar.Component;
import ai.king.engine.evolution.jar.PlugJar;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Jail;
import ai.king.evolution.Jail.Built;
import ai.king.evolution.Proposal;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Makes the bundle of a proposal that came as source, in the jail; what comes out is a candidate as any other. */
final class Workshop {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String CHECK = "compile";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Store store;
    private final Writes writes;
    private final Payloads payloads;
    private final Candidates candidates;

    Workshop(Store store, Payloads payloads, Candidates candidates) {
        this.store = store;
        this.writes = new Writes(store);
        this.payloads = payloads;
        this.candidates = candidates;
    }

    /**
     * What came of it.
     *
     * @param proposal with the bundle, where there is one
     */
    record Made(Proposal proposal, Finding finding) {}

    Made make(Actor actor, Proposal proposal, @Nullable Jail jail) {
        long start = System.nanoTime();
        if (proposal.bundle() != null) {
            return new Made(proposal, judged(proposal, start));
        }
        SourceFiles source = SourceFiles.of(proposal);
        String version = store.read(reader -> version(reader, source.plug(), proposal));
        Built built = jail == null
                ? Built.failed("this node has no jail")
                : jail.build(new Jail.Source(source.plug(), version, source.files()), LIMIT);
        if (built.bundle().isEmpty()) {
            return new Made(proposal, finding(Verdict.FAIL, String.join("\n", built.errors()), start));
        }
        byte[] jar = built.bundle().get();
        Proposal made = writes.change(actor, proposal.id(), (tx, now) -> {
            String bundle = payloads.put(tx, new ByteArrayInputStream(jar), null);
            Optional<String> tests =
                    built.tests().map(bytes -> payloads.put(tx, new ByteArrayInputStream(bytes), null));
            Proposal changed =
                    tx.update(Draft.of(now).built(bundle, tests.orElse(null)).proposal());
            Lifecycle.announce(tx, changed, "built");
            return changed;
        });
        return new Made(made, judged(made, start));
    }

    /** Source makes agents: what reaches out is written and shipped by people. */
    private Finding judged(Proposal proposal, long start) {
        try {
            PlugJar jar = candidates.apply(String.valueOf(proposal.bundle()));
            String others = jar.plugs().stream()
                    .filter(plug -> !plug.type().equals(Optional.of("Agent")))
                    .map(Component::name)
                    .collect(Collectors.joining(", "));
            return others.isEmpty()
                    ? finding(Verdict.PASS, "made in the jail: " + jar.symbolicName() + " " + jar.version(), start)
                    : finding(
                            Verdict.FAIL,
                            others + " is no agent: source makes agents only, ship it as a bundle",
                            start);
        } catch (IllegalArgumentException e) {
            return finding(Verdict.FAIL, "what the jail made is no bundle: " + e.getMessage(), start);
        }
    }

    private static Finding finding(Verdict verdict, String detail, long start) {
        return new Finding(CHECK, verdict, detail, (System.nanoTime() - start) / 1_000_000);
    }

    /** Higher than all that this plug ever ran as. */
    private static String version(Reader reader, String plug, Proposal proposal) {
        String stamp = STAMP.format(proposal.createdAt());
        return reader.list(Query.of(Release.class)).stream()
                .map(Release::items)
                .flatMap(List::stream)
                .filter(item -> item.plug().equals(plug))
                .map(Item::bundleVersion)
                .map(Version::parseVersion)
                .max(Comparator.naturalOrder())
                .map(last -> new Version(last.getMajor(), last.getMinor(), last.getMicro() + 1, stamp))
                .orElse(new Version(1, 0, 0, stamp))
                .toString();
    }
}
