/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.king.brain.IntentClassifier;
import ai.king.kit.ApiTypes;
import ai.king.kit.FakeMind;
import org.junit.jupiter.api.Test;

/** What every classifier keeps when there is neither a model nor an embedding. */
public final class ClassifierQuestions {

    private final IntentClassifier classifier = Candidate.plug(IntentClassifier.class);

    @Test
    void saysAnIntentOrNotMe() {
        assertThat(ApiTypes.foreign(classifier.classify("Analyse my business", FakeMind.empty())))
                .isEmpty();
    }

    @Test
    void answersWhateverItIsAsked() {
        for (String text : new String[] {"", " ", "{}", "\u202e", "x".repeat(10_000)}) {
            assertThatCode(() -> classifier.classify(text, FakeMind.empty())).doesNotThrowAnyException();
        }
    }
}
