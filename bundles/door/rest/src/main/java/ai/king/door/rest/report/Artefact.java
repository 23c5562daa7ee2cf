/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that a step left as a document of the business.
 *
 * @param thumbnail a small picture of it as a data address; empty where there is none
 */
public record Artefact(String name, String mediaType, String documentId, String thumbnail) {

    private static final int MOST = 24;
    private static final int DEEPEST = 6;
    private static final int LONGEST_THUMBNAIL = 200_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PICTURE = Pattern.compile("data:image/(?:jpeg|png);base64,[A-Za-z0-9+/]+={0,2}");

    /** Those in what a step answered, wherever they stand in it; what an agent wrote wrongly is none. */
    public static List<Artefact> in(@Nullable Map<String, Object> output) {
        List<Artefact> found = new ArrayList<>();
        collect(output, 0, found);
        return List.copyOf(found);
    }

    private static void collect(@Nullable Object value, int depth, List<Artefact> found) {
        if (depth > DEEPEST || found.size() >= MOST) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            Optional<Artefact> one = of(map);
            one.ifPresent(found::add);
            if (one.isEmpty()) {
                map.values().forEach(inner -> collect(inner, depth + 1, found));
            }
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, depth + 1, found));
        }
    }

    private static Optional<Artefact> of(Map<?, ?> map) {
        if (!(map.get("documentId") instanceof String id)
                || !(map.get("name") instanceof String name)
                || !(map.get("mediaType") instanceof String mediaType)
                || !ID.matcher(id).matches()) {
            return Optional.empty();
        }
        String picture = map.get("thumbnail") instanceof String text
                        && text.length() <= LONGEST_THUMBNAIL
                        && PICTURE.matcher(text).matches()
                ? text
                : "";
        return Optional.of(new Artefact(name, mediaType, id, picture));
    }
}
