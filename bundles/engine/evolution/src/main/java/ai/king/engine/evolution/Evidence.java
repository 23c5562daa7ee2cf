/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.agents.Rehearsals;
import ai.king.engine.evolution.advisory.OsvCheck;
import ai.king.engine.evolution.advisory.Snyk;
import ai.king.engine.evolution.advisory.SnykCheck;
import ai.king.engine.evolution.check.Candidate;
import ai.king.engine.evolution.check.Check;
import ai.king.engine.evolution.licence.LicenceCheck;
import ai.king.evolution.Finding;
import ai.king.evolution.Jail;
import ai.king.evolution.Release.Item;
import ai.king.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The checks whose findings people weigh: they refuse nothing by themselves. */
@Component(service = Evidence.class, configurationPid = Evidence.PID)
@Designate(ocd = Evidence.Config.class)
public final class Evidence {

    static final String PID = "ai.king.engine.evolution.evidence";

    /** Findings that are shown and not required. */
    static final Set<String> SHOWN = Set.of("licences", "osv", "snyk", "replay", FormerTests.CHECK);

    @ObjectClassDefinition(
            name = "Evidence",
            description = "What is looked up about a proposal for those who decide it")
    @interface Config {
        @AttributeDefinition(description = "Licences a plug and what it carries may have, as identifiers of SPDX")
        String[] licences() default {
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "ISC",
            "0BSD",
            "Zlib",
            "BSL-1.0",
            "UPL-1.0",
            "Unlicense",
            "CC0-1.0",
            "Unicode-3.0",
            "EPL-1.0",
            "EPL-2.0",
            "MPL-2.0",
            "CDDL-1.0",
            "CDDL-1.1",
            "GPL-2.0-only WITH Classpath-exception-2.0"
        };

        @AttributeDefinition(
                description =
                        "Folder with OSV records (JSON files, or OSV's zip for Maven), or one such zip; empty: none")
        String osv() default "";

        @AttributeDefinition(description = "Days after which OSV records are too old to say that nothing is known")
        int osvDays() default 14;

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "Token for Snyk, as $[secret:name] or $[env:NAME]; empty: Snyk is not asked")
        String _snykToken() default "";

        @AttributeDefinition(description = "Id of the organisation at Snyk")
        String snykOrganisation() default "";

        @AttributeDefinition(description = "Address of Snyk")
        String snykUrl() default "https://api.snyk.io";

        @AttributeDefinition(description = "Longest time for one question to Snyk, in seconds")
        int snykSeconds() default 20;

        @AttributeDefinition(
                description = "Recorded steps of an agent that its old and its new version do once more; 0: none")
        int replaySteps() default 12;

        @AttributeDefinition(description = "Longest time for that, in seconds for a proposal")
        int replaySeconds() default 60;
    }

    private final List<Check> checks;
    private final Replays replays;
    private volatile @Nullable Rehearsals rehearsals;

    @Activate
    public Evidence(@Reference Store store, Config config) {
        this.replays =
                new Replays(store, () -> rehearsals, config.replaySteps(), Duration.ofSeconds(config.replaySeconds()));
        List<Check> all = new ArrayList<>();
        // A file of settings holds them in one line.
        List<String> licences = Arrays.stream(config.licences())
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        all.add(new LicenceCheck(licences, "licences of " + PID));
        all.add(new OsvCheck(config.osv().strip(), Duration.ofDays(config.osvDays()), store.clock(), "osv of " + PID));
        if (!config._snykToken().isBlank()) {
            all.add(new SnykCheck(new Snyk(
                    config.snykUrl(),
                    config.snykOrganisation(),
                    config._snykToken(),
                    Duration.ofSeconds(config.snykSeconds()))));
        }
        checks = List.copyOf(all);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindRehearsals(Rehearsals there) {
        rehearsals = there;
    }

    void unbindRehearsals(Rehearsals gone) {
        rehearsals = rehearsals == gone ? null : rehearsals;
    }

    /** How recorded work goes with what would run, beside what runs. Candidates run, in the jail. */
    List<Finding> replayed(List<Item> before, List<Item> after, Replays.Files files, @Nullable Jail jail) {
        return replays.of(before, after, files, jail);
    }

    /** What is found about a candidate without running it. */
    List<Finding> about(Candidate candidate) {
        return checks.parallelStream()
                .map(check -> Admission.timed(check, candidate))
                .toList();
    }
}
