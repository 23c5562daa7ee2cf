/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The generations of every name; only the reconciler of releases changes them. */
@ProviderType
public interface Routes {

    /** All routes of a type and name, the main one first. */
    List<Route> of(String type, String name);

    /**
     * The routes of a name with a trial, with the calls, errors and quantiles of the trial alone: of calls that began since
     * it was first given a share here. Empty without a trial.
     */
    List<Route> onTrial(String type, String name);

    /** All routes. Each counts its calls and their quantiles: for people, not for loops. */
    List<Route> all();

    /** What is there, of all types and names. */
    List<Generation> present();

    /**
     * Sets which generation of a name is the main one and which, if any, gets a share of the buckets; takes effect for the
     * next lease. A generation that is named but not there yet takes effect when it appears; until then the old one serves.
     *
     * @param main generation id; null takes the name out of service
     */
    void direct(String type, String name, @Nullable String main, Optional<Trial> trial);

    /** Waits until no lease of the generation is out, at most so long; false when some still are. */
    boolean drained(String type, String name, String generation, Duration atMost);

    /**
     * A share of the buckets for a generation on trial.
     *
     * @param salt the proposal's id: the same goals are not always first
     * @param percent 0 to 100
     */
    record Trial(String generation, String salt, int percent) {}
}
