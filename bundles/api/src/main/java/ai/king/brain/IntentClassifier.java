/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds out what a text wants. Called on the platform's threads, many calls at once. */
@ConsumerType
public interface IntentClassifier {

    /** The intent, or empty for "not me": the platform asks the classifier of the next rank. */
    Optional<Intent> classify(String text, Mind mind);
}
