/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import ai.king.brain.Intent;
import ai.king.brain.Intent.Action;
import ai.king.brain.Intent.Type;
import ai.king.brain.Mind;
import ai.king.lib.window.Part;
import ai.king.lib.window.Piece;
import ai.king.lib.window.Shortening;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Lets a model say what a text wants, and takes it only in the form that was asked for. */
final class Intents {

    private static final int ATTEMPTS = 3;
    private static final int MAX_TOKENS = 400;
    private static final double TEMPERATURE = 0.1;
    private static final int MOST_PARAMETERS = 20;
    private static final String SYSTEM =
            """
            You sort what people write to a platform that runs small online businesses. Answer with one JSON object only:
            {"type":"COMMAND","action":"GENERATE_REPORT","parameters":{"period":"next quarter"},"confidence":0.9}
            type: COMMAND (something is to be done), QUERY (a question about what is), CONVERSATION (neither).
            action: START_BUSINESS open a business; STOP_BUSINESS close one for good; ANALYZE_BUSINESS find out how one is doing; \
            OPTIMIZE_BUSINESS change prices, stock, advertising; CREATE_CONTENT write texts or pictures; RESEARCH_MARKET find out about \
            markets, products, competitors, or what documents say; GENERATE_REPORT a plan or report; PROPOSE_EVOLUTION change the platform or \
            its agents; UNKNOWN none of these, several at once, or unclear.
            parameters: what the text says and nothing else: period, amount, currency, name, product.
            confidence: 0 to 1. A text that forbids an action does not want it. STOP_BUSINESS only when the text plainly orders it.

            """;

    private final Dialogue dialogue;
    private final Dialogue.Question question;
    private final double least;
    private final double leastDestructive;

    /** @param words what the model is told; blank for the built-in words */
    Intents(Dialogue dialogue, String words, double least, double leastDestructive) {
        this.dialogue = dialogue;
        question = new Dialogue.Question(Dialogue.system(words, SYSTEM), TEMPERATURE, MAX_TOKENS, ATTEMPTS);
        this.least = least;
        this.leastDestructive = leastDestructive;
    }

    Optional<Intent> of(String text, Mind mind) {
        List<Piece> data = List.of(new Piece(Part.TASKS, "text", text));
        return dialogue.ask(mind, question, data, Shortening.none(), Intents::read)
                .map(understood -> careful(understood.value()));
    }

    private static Intent read(JsonNode object) {
        Type type = named(Type.class, object.path("type"));
        JsonNode wanted = object.path("action");
        boolean none =
                wanted.isMissingNode() || wanted.isNull() || wanted.asText().isBlank();
        Action action = none ? Action.UNKNOWN : named(Action.class, wanted);
        JsonNode confidence = object.path("confidence");
        if (!confidence.isNumber() || !(confidence.asDouble() >= 0 && confidence.asDouble() <= 1)) {
            throw new Unusable("confidence must be a number from 0 to 1");
        }
        return new Intent(type, action, parameters(object.path("parameters")), confidence.asDouble());
    }

    private static Map<String, String> parameters(JsonNode node) {
        Map<String, String> parameters = new TreeMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return parameters;
        }
        if (!node.isObject() || node.size() > MOST_PARAMETERS) {
            throw new Unusable("parameters must be an object of at most " + MOST_PARAMETERS + " texts");
        }
        node.fields().forEachRemaining(field -> {
            if (!field.getValue().isNull()) {
                parameters.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString());
            }
        });
        return parameters;
    }

    private static <E extends Enum<E>> E named(Class<E> type, JsonNode node) {
        String word = node.asText().strip().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new Unusable("“" + node.asText() + "” is no "
                        + type.getSimpleName().toLowerCase(Locale.ROOT) + "; there are "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** Unsure is UNKNOWN, and what cannot be undone takes more. */
    private Intent careful(Intent intent) {
        boolean destructive = intent.action() == Action.STOP_BUSINESS;
        boolean sure = intent.confidence() >= (destructive ? leastDestructive : least);
        boolean ordered = !destructive || intent.type() == Type.COMMAND;
        return sure && ordered
                ? intent
                : new Intent(intent.type(), Action.UNKNOWN, intent.parameters(), intent.confidence());
    }
}
