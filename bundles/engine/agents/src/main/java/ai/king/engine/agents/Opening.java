/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.agents;

import ai.king.inference.Message;
import ai.king.inference.Prompt;
import ai.king.inference.Window;
import ai.king.store.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the model of an inquiry is told first. Recorded as a whole: a step that is performed again says the same, whatever has
 * changed around it.
 *
 * @param marked whether text from outside stands in it
 */
record Opening(
        String system,
        String user,
        List<Prompt.Function> functions,
        Window window,
        String tokenizer,
        List<String> leftOut,
        boolean marked) {

    private static final int LONGEST_NAME = 64;

    /** A tool as a function: providers take letters, digits, underscores and dashes, 64 at most. */
    static String called(String tool) {
        String name = tool.replaceAll("[^A-Za-z0-9_]", "-");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    List<Message> messages() {
        return List.of(Message.of(Message.Role.SYSTEM, system), Message.of(Message.Role.USER, user));
    }

    Map<String, Object> form() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("system", system);
        form.put("user", user);
        form.put("functions", functions.stream().map(Json::asMap).toList());
        form.put("window", Json.asMap(window));
        form.put("tokenizer", tokenizer);
        form.put("leftOut", leftOut);
        form.put("marked", marked);
        return form;
    }

    static Opening of(Map<String, Object> form) {
        List<Prompt.Function> functions = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        if (form.get("functions") instanceof List<?> several) {
            several.forEach(one -> functions.add(Json.convert(one, Prompt.Function.class)));
        }
        if (form.get("leftOut") instanceof List<?> lines) {
            lines.forEach(line -> leftOut.add(String.valueOf(line)));
        }
        return new Opening(
                String.valueOf(form.get("system")),
                String.valueOf(form.get("user")),
                List.copyOf(functions),
                Json.convert(form.getOrDefault("window", Map.of()), Window.class),
                String.valueOf(form.get("tokenizer")),
                List.copyOf(leftOut),
                Boolean.TRUE.equals(form.get("marked")));
    }
}
