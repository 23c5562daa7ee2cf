/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.react;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The JSON objects in what a model wrote: bare, in a fence, or in the middle of prose. */
final class Excerpts {

    private static final int MOST_TRIES = 200;
    private static final int LONGEST = 200_000;

    private final ObjectMapper json;

    Excerpts(ObjectMapper json) {
        this.json = json;
    }

    /** The outermost objects, in order; what is not JSON is passed over. */
    List<JsonNode> of(String text) {
        List<JsonNode> found = new ArrayList<>();
        String readable = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        int from = readable.indexOf('{');
        for (int tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
            int next = from + 1;
            try (JsonParser parser = json.createParser(readable.substring(from))) {
                JsonNode node = json.readTree(parser);
                if (node != null && node.isObject()) {
                    found.add(node);
                    next = from + (int) parser.currentLocation().getCharOffset();
                }
            } catch (IOException e) {
                // No JSON begins here; perhaps it does at the next brace.
                next = from + 1;
            }
            from = readable.indexOf('{', next);
        }
        return found;
    }
}
