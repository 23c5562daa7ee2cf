/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * One record of the OSV schema, asked whether it concerns a version of a Maven package. The evaluation is the one the schema
 * describes (sections affected[].ranges and Evaluation), in the order of Maven versions.
 */
record Advisory(JsonNode json) {

    private static final String ECOSYSTEM = "Maven";

    String id() {
        return json.path("id").asText();
    }

    boolean withdrawn() {
        return json.hasNonNull("withdrawn");
    }

    /** What it is: its names, how severe, in a few words. */
    String told() {
        List<String> names = new ArrayList<>(List.of(id()));
        json.path("aliases").forEach(alias -> {
            if (alias.asText().startsWith("CVE-")) {
                names.add(alias.asText());
            }
        });
        String severity = json.path("database_specific").path("severity").asText("");
        String score = json.path("severity").path(0).path("score").asText("");
        String grave = severity.isEmpty() ? score : severity;
        String summary =
                json.path("summary").asText(json.path("details").asText("")).replaceAll("\\s+", " ");
        return String.join(", ", names) + (grave.isEmpty() ? "" : " " + grave) + ": "
                + (summary.length() > 160 ? summary.substring(0, 160) + "..." : summary);
    }

    /** The match of a version of a package, where there is one. */
    Optional<Match> match(String name, String version) {
        ComparableVersion asked = new ComparableVersion(version);
        for (JsonNode affected : json.path("affected")) {
            JsonNode its = affected.path("package");
            boolean same = (its.path("ecosystem").asText() + ":").startsWith(ECOSYSTEM + ":")
                    && its.path("name").asText().equals(name);
            if (same && (listed(affected, version) || inRanges(affected, asked))) {
                return Optional.of(new Match(this, fixes(affected, asked)));
            }
        }
        return Optional.empty();
    }

    /** @param fixed the nearest version that mends it */
    record Match(Advisory advisory, Optional<String> fixed) {}

    private static boolean listed(JsonNode affected, String version) {
        for (JsonNode one : affected.path("versions")) {
            if (one.asText().equals(version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inRanges(JsonNode affected, ComparableVersion asked) {
        for (JsonNode range : affected.path("ranges")) {
            // A range of commits says nothing of a version.
            if (!range.path("type").asText().equals("GIT") && beforeLimits(range, asked) && inEvents(range, asked)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beforeLimits(JsonNode range, ComparableVersion asked) {
        boolean limited = false;
        for (JsonNode event : range.path("events")) {
            if (event.has("limit")) {
                limited = true;
                String limit = event.path("limit").asText();
                if (limit.equals("*") || asked.compareTo(new ComparableVersion(limit)) < 0) {
                    return true;
                }
            }
        }
        return !limited;
    }

    private static boolean inEvents(JsonNode range, ComparableVersion asked) {
        boolean affected = false;
        for (Event event : events(range)) {
            int order = event.start() ? 1 : asked.compareTo(new ComparableVersion(event.version()));
            affected = switch (event.kind()) {
                case "introduced" -> affected || order >= 0;
                case "fixed" -> affected && order < 0;
                default -> affected && order <= 0;
            };
        }
        return affected;
    }

    /** The events in the order of their versions; where two meet, what begins comes first. */
    private static List<Event> events(JsonNode range) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : range.path("events")) {
            for (String kind : List.of("introduced", "fixed", "last_affected")) {
                if (event.hasNonNull(kind)) {
                    events.add(new Event(kind, event.path(kind).asText()));
                }
            }
        }
        events.sort(Comparator.comparing(Event::start)
                .reversed()
                .thenComparing(event -> new ComparableVersion(event.version()))
                .thenComparing(event -> !event.kind().equals("introduced")));
        return events;
    }

    private record Event(String kind, String version) {
        /** {@code introduced: 0} is before all versions. */
        boolean start() {
            return kind.equals("introduced") && version.equals("0");
        }
    }

    private static Optional<String> fixes(JsonNode affected, ComparableVersion asked) {
        List<String> fixes = new ArrayList<>();
        for (JsonNode range : affected.path("ranges")) {
            for (JsonNode event : range.path("events")) {
                if (event.hasNonNull("fixed") && !range.path("type").asText().equals("GIT")) {
                    fixes.add(event.path("fixed").asText());
                }
            }
        }
        return fixes.stream()
                .filter(fixed -> asked.compareTo(new ComparableVersion(fixed)) < 0)
                .min(Comparator.comparing(ComparableVersion::new));
    }
}
