/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.brain.BrainName;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The brain that needs no model that chats: intents by meaning, plans from what the agents can do. */
@Component(
        configurationPid = "ai.king.brain.playbook",
        configurationPolicy = REQUIRE,
        service = {IntentClassifier.class, Planner.class})
@Designate(ocd = PlaybookBrain.Config.class, factory = true)
@BrainName("playbook")
public final class PlaybookBrain implements IntentClassifier, Planner {

    @ObjectClassDefinition(name = "Playbook brain", description = "Understands and plans without a model that chats")
    @interface Config {
        @AttributeDefinition(description = "Order among brains; the highest is asked first")
        int king_brain_rank() default 0;

        @AttributeDefinition(description = "Confidence from which an action is named, 0 to 1; below it is UNKNOWN")
        double min_confidence() default 0.8;

        @AttributeDefinition(
                description = "The same for an action that cannot be undone; its words must order it, too, 0 to 1")
        double min_confidence_destructive() default 0.9;
    }

    private final IntentClassifier meanings;
    private final Planner planner;

    @Activate
    public PlaybookBrain(Config config) {
        meanings = new Meanings(Example.shipped(), config.min_confidence(), config.min_confidence_destructive());
        planner = new CapabilityPlanner();
    }

    @Override
    public Optional<Intent> classify(String text, Mind mind) {
        return meanings.classify(text, mind);
    }

    @Override
    public Optional<Plan> plan(Situation situation, Mind mind) {
        return planner.plan(situation, mind);
    }
}
