/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.brain.BrainName;
import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import ai.king.brain.Plan;
import ai.king.brain.Planner;
import ai.king.brain.Situation;
import ai.king.lib.window.Tokens;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The brain of a platform with a model that chats; without one, or when it makes no sense, it says "not me". */
@Component(
        configurationPid = "ai.king.brain.react",
        configurationPolicy = REQUIRE,
        property = "king.brain.mode=REACT",
        service = {IntentClassifier.class, Planner.class})
@Designate(ocd = ReactBrain.Config.class, factory = true)
@BrainName("react")
public final class ReactBrain implements IntentClassifier, Planner {

    private static final int DEEPEST = 50;

    @ObjectClassDefinition(name = "ReAct brain", description = "Understands and plans with a model that chats")
    @interface Config {
        @AttributeDefinition(description = "Order among brains; the highest is asked first")
        int king_brain_rank() default 100;

        @AttributeDefinition(description = "Confidence from which an action is named, 0 to 1; below it is UNKNOWN")
        double min_confidence() default 0.6;

        @AttributeDefinition(description = "The same for an action that cannot be undone, 0 to 1")
        double min_confidence_destructive() default 0.9;

        @AttributeDefinition(description = "Steps of one plan at most")
        int steps() default 20;

        @AttributeDefinition(
                description =
                        "What a model is told before it sorts a text; what it answers must keep the built-in form. "
                                + "Empty: the built-in words")
        String prompt_intents() default "";

        @AttributeDefinition(
                description =
                        "What a model is told before it plans, {steps} for the most steps; what it answers must keep the "
                                + "built-in form. Empty: the built-in words")
        String prompt_plans() default "";
    }

    private final Intents intents;
    private final Plans plans;

    @Activate
    public ReactBrain(Config config) {
        ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .build());
        Dialogue dialogue = new Dialogue(new Excerpts(json), new Tokens());
        intents = new Intents(
                dialogue, config.prompt_intents(), config.min_confidence(), config.min_confidence_destructive());
        plans = new Plans(dialogue, json, config.prompt_plans(), config.steps());
    }

    @Override
    public Optional<Intent> classify(String text, Mind mind) {
        return mind.canChat() ? intents.of(text, mind) : Optional.empty();
    }

    @Override
    public Optional<Plan> plan(Situation situation, Mind mind) {
        return mind.canChat() ? plans.of(situation, mind) : Optional.empty();
    }
}
