/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.engine.work.Brains;
import java.util.Optional;

/** What a message wants, by the classifiers that are there. Never an exception to the person. */
final class Understanding {

    private final Brains brains;

    Understanding(Brains brains) {
        this.brains = brains;
    }

    Intent of(String message, String conversation) {
        Mind mind = brains.mind(conversation, Optional.empty());
        return brains.first(
                        IntentClassifier.class, conversation, (classifier, name) -> classifier.classify(message, mind))
                .map(Brains.Found::value)
                .orElse(Brains.NO_IDEA);
    }
}
