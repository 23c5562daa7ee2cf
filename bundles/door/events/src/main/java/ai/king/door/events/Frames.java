/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.events;

import ai.king.store.Event;
import ai.king.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Events as frames of a {@code text/event-stream}. */
final class Frames {

    /** Sent when nothing else is, so that dead connections are noticed. */
    static final byte[] KEEP_ALIVE = bytes(": \n\n");
    /** How soon a client comes back after the connection broke. */
    static final byte[] RETRY = bytes("retry: 2000\n\n");

    /** What ends a goal. */
    private static final Set<String> ENDS = Set.of("goal.completed", "goal.failed", "goal.cancelled");

    private Frames() {}

    /** A frame under the event's own type. */
    static byte[] of(Event event) {
        return of(event.type(), event);
    }

    /** A frame under a name that a client listens for. */
    static byte[] of(String name, Event event) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", event.type());
        data.put("at", event.at());
        data.put("data", event.data());
        return bytes("id: " + event.position() + "\nevent: " + name + "\ndata: " + Json.write(data) + "\n\n");
    }

    /** The name under which a goal's own stream shows an event. */
    static String ofGoal(String type) {
        if (ENDS.contains(type)) {
            return "done";
        }
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    static boolean ends(String type) {
        return ENDS.contains(type);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
