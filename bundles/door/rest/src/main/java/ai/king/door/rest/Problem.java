/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a refused request gets, as in RFC 9457.
 *
 * @param errors for bad input, one for each place
 * @param id for an error of ours: what the log names it by
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<Place> errors, @Nullable String id) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /**
     * One place of the input.
     *
     * @param pointer JSON pointer into the body, or {@code ?name} for a parameter of the query
     */
    public record Place(String pointer, String message) {}

    public static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    public static Problem of(int status, String detail, List<Place> errors) {
        return new Problem("about:blank", TITLES.getOrDefault(status, "Error"), status, detail, errors, null);
    }

    public Problem named(String errorId) {
        return new Problem(type, title, status, detail, errors, errorId);
    }
}
