/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Turns an intent and the state of things into steps. Called on the platform's threads, many calls at once. */
@ConsumerType
public interface Planner {

    /** A plan, or empty for "not me": the platform asks the planner of the next rank. */
    Optional<Plan> plan(Situation situation, Mind mind);
}
