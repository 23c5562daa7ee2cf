/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A chat as it is asked for.
 *
 * @param model as the client named it; {@code king-auto} lets the platform choose
 * @param usage whether a stream ends with a chunk that tells the tokens
 */
record Question(String model, Prompt prompt, boolean stream, boolean usage) {

    /** The model that stands for routing by risk and load. */
    static final String AUTO = "king-auto";

    private static final double CONVERSATION = 0.2;
    private static final double ACCURATE = 0.05;
    private static final int MESSAGES = 2_000;
    private static final int FUNCTIONS = 128;

    /** Reads a request; {@link Refused} names the parameter that is wrong. Parameters that change nothing are ignored. */
    static Question of(JsonNode body, boolean accurate) {
        String model = text(body, "model");
        refuseWhatIsNotDone(body);
        Prompt prompt = new Prompt(
                model.equals(AUTO) ? Optional.empty() : Optional.of(model),
                messages(body.path("messages")),
                body.path("tool_choice").asText("auto").equals("none") ? List.of() : functions(body.path("tools")),
                temperature(body.path("temperature"), accurate),
                maxTokens(body));
        return new Question(
                model,
                prompt,
                flag(body, "stream"),
                body.path("stream_options").path("include_usage").asBoolean(false));
    }

    private static void refuseWhatIsNotDone(JsonNode body) {
        if (body.path("n").asInt(1) != 1) {
            throw Refused.input("n", "one choice is given");
        }
        String format = body.path("response_format").path("type").asText("text");
        if (!format.equals("text")) {
            throw Refused.input("response_format", "only text is given");
        }
        JsonNode choice = body.path("tool_choice");
        if (choice.isObject() || choice.asText("auto").equals("required")) {
            throw Refused.input("tool_choice", "auto and none are known");
        }
    }

    private static List<Message> messages(JsonNode nodes) {
        if (!nodes.isArray() || nodes.isEmpty() || nodes.size() > MESSAGES) {
            throw Refused.input("messages", "a list of 1 to " + MESSAGES + " messages is needed");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            messages.add(message(nodes.get(i), "messages[" + i + "]"));
        }
        return messages;
    }

    private static Message message(JsonNode node, String place) {
        Message.Role role =
                switch (node.path("role").asText("")) {
                    case "system", "developer" -> Message.Role.SYSTEM;
                    case "user" -> Message.Role.USER;
                    case "assistant" -> Message.Role.ASSISTANT;
                    case "tool" -> Message.Role.TOOL;
                    default -> throw Refused.input(place + ".role", "must be system, user, assistant or tool");
                };
        List<Message.FunctionCall> calls = new ArrayList<>();
        for (JsonNode call : node.path("tool_calls")) {
            calls.add(new Message.FunctionCall(
                    text(call, "id"), text(call.path("function"), "name"), text(call.path("function"), "arguments")));
        }
        Optional<String> answers =
                role == Message.Role.TOOL ? Optional.of(text(node, "tool_call_id")) : Optional.empty();
        return new Message(role, content(node.path("content"), !calls.isEmpty(), place), calls, answers);
    }

    /** A text, or a list of parts that are texts. */
    private static String content(JsonNode content, boolean mayMiss, String place) {
        if (content.isTextual()) {
            return content.asText();
        }
        if ((content.isNull() || content.isMissingNode()) && mayMiss) {
            return "";
        }
        if (!content.isArray()) {
            throw Refused.input(place + ".content", "a text is needed");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("type").asText("").equals("text")) {
                throw Refused.input(place + ".content", "only parts of the type text are read");
            }
            text.append(part.path("text").asText(""));
        }
        return text.toString();
    }

    private static List<Prompt.Function> functions(JsonNode tools) {
        if (tools.isMissingNode() || tools.isNull()) {
            return List.of();
        }
        if (!tools.isArray() || tools.size() > FUNCTIONS) {
            throw Refused.input("tools", "a list of at most " + FUNCTIONS + " functions is needed");
        }
        List<Prompt.Function> functions = new ArrayList<>();
        for (JsonNode tool : tools) {
            JsonNode function = tool.path("function");
            JsonNode schema = function.path("parameters");
            functions.add(new Prompt.Function(
                    text(function, "name"),
                    function.path("description").asText(""),
                    schema.isObject() ? schema.toString() : "{\"type\":\"object\",\"properties\":{}}"));
        }
        return functions;
    }

    private static double temperature(JsonNode node, boolean accurate) {
        if (node.isMissingNode() || node.isNull()) {
            return accurate ? ACCURATE : CONVERSATION;
        }
        if (!node.isNumber() || node.asDouble() < 0 || node.asDouble() > 2) {
            throw Refused.input("temperature", "must be a number from 0 to 2");
        }
        return node.asDouble();
    }

    private static OptionalInt maxTokens(JsonNode body) {
        for (String name : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode node = body.path(name);
            if (!node.isMissingNode() && !node.isNull()) {
                if (!node.canConvertToInt() || node.asInt() < 1) {
                    throw Refused.input(name, "must be a positive number");
                }
                return OptionalInt.of(node.asInt());
            }
        }
        return OptionalInt.empty();
    }

    private static boolean flag(JsonNode body, String name) {
        JsonNode node = body.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
            throw Refused.input(name, "must be true or false");
        }
        return node.asBoolean(false);
    }

    /** A text that must be there. */
    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.asText().isEmpty() && !name.equals("arguments")) {
            throw Refused.input(name, "a text is needed");
        }
        return value.asText();
    }
}
