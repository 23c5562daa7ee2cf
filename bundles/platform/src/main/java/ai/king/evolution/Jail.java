/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.evolution;

import ai.king.agent.Agent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The confinement in which candidates are tested and agents that came by a proposal live. */
@ProviderType
public interface Jail {

    /** The strongest tier whose hostile probes were refused on this host: {@code T1}, {@code T2}, {@code T3}, or {@code NONE}. */
    String tier();

    /** With {@code NONE}: the one command that gives a tier. Probes again. */
    Optional<String> missing();

    /** Runs the contract kit and the tests that came along. No report with the nonce in time is a failure. */
    Trial test(Path bundle, Optional<Path> tests, Map<String, Object> configuration, Duration limit);

    /**
     * The same for a plug that is no agent: what it imports of the platform's libraries comes along.
     *
     * @param libraries bundles that the platform itself runs, without those of its own API
     */
    default Trial test(
            Path bundle,
            List<Path> libraries,
            Optional<Path> tests,
            Map<String, Object> configuration,
            Duration limit) {
        return test(bundle, tests, configuration, limit);
    }

    /** Compiles the source of one plug against the API and makes a bundle of it; nothing of it runs. */
    Built build(Source source, Duration limit);

    /**
     * An agent that lives in the jail: started by {@link Resident#wake} or on the first call, ended when idle; closing ends it
     * and everything it started.
     */
    Resident house(Path bundle, Map<String, Object> configuration, String name);

    /**
     * What a trial said.
     *
     * @param findings one for {@code contract} and one for {@code sandbox}
     * @param passed of the tests that came along, by class and method; one run of several under one name has its number
     */
    record Trial(List<Finding> findings, int testsRun, int testsPassed, Set<String> passed) {

        public Trial {
            passed = Set.copyOf(passed);
        }

        /** Without the names of tests. */
        public Trial(List<Finding> findings, int testsRun, int testsPassed) {
            this(findings, testsRun, testsPassed, Set.of());
        }
    }

    /**
     * Source as a proposal carries it.
     *
     * @param symbolicName of the bundle, and the one package of its classes
     * @param version of the bundle
     * @param files texts by path: {@code src/main/java/...}, {@code src/main/resources/...}, {@code src/test/java/...}
     */
    record Source(String symbolicName, String version, Map<String, String> files) {}

    /**
     * What became of source.
     *
     * @param bundle the jar; empty where there are errors
     * @param tests the jar with its tests, where there are any
     * @param errors a line each: file, line and what is wrong
     */
    record Built(Optional<byte[]> bundle, Optional<byte[]> tests, List<String> errors) {

        public static Built failed(String error) {
            return new Built(Optional.empty(), Optional.empty(), List.of(error));
        }
    }

    /** A housed agent. */
    interface Resident extends AutoCloseable {
        Agent agent();

        /**
         * Starts its host, so that its first call does not wait for that; returns when the agent is there, and does nothing when it
         * is already. Ends no host that was used a moment ago: without room the first call starts it.
         *
         * @return why this agent cannot be had, ever; empty else
         */
        Optional<String> wake();

        @Override
        void close();
    }
}
