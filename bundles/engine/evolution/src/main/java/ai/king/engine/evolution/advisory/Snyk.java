/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.advisory;

import ai.king.engine.evolution.jar.Library;
import ai.king.lib.http.Quoted;
import ai.king.lib.http.Wire;
import ai.king.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Snyk's REST interface, as far as it is used here: the issues of one version of one package. */
public final class Snyk {

    /** Of the interface; each is served for a year and more after the next. */
    private static final String VERSION = "2024-10-15";

    private static final String JSON_API = "application/vnd.api+json";
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int PAGE = 1000;
    private static final int PAGES = 5;
    private static final Pattern TOKENS = Pattern.compile(
            "\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b|snyk_[a-z]+\\.[\\w.-]+");

    private final ObjectMapper json = Json.mapper();
    private final String url;
    private final String organisation;
    private final String token;
    private final Duration time;
    private final Wire wire;
    private final Quoted quoted;

    /**
     * @param url as {@code https://api.snyk.io}
     * @param organisation its id
     */
    public Snyk(String url, String organisation, String token, Duration time) {
        this.url = url.replaceAll("/+$", "");
        this.organisation = organisation;
        this.token = token;
        this.time = time;
        this.wire = new Wire(time, LARGEST);
        this.quoted = new Quoted(token, TOKENS);
    }

    /**
     * What it said of one library.
     *
     * @param trouble why that is not all or nothing
     * @param hopeless when asking for another library would end the same way
     */
    record Said(List<String> issues, Optional<String> trouble, boolean hopeless) {

        static Said no(String trouble, boolean hopeless) {
            return new Said(List.of(), Optional.of(trouble), hopeless);
        }
    }

    Said about(Library library) {
        if (organisation.isBlank()) {
            return Said.no("Snyk is not asked without the id of an organisation: option snykOrganisation", true);
        }
        Set<String> issues = new LinkedHashSet<>();
        try {
            for (int page = 0; page < PAGES; page++) {
                Wire.Answer answer = wire.send(request(library, page * PAGE));
                JsonNode body = body(answer);
                if (!answer.good()) {
                    return refused(answer, body);
                }
                if (!body.path("data").isArray()) {
                    return Said.no("Snyk answered what is no list of issues", false);
                }
                body.path("data").forEach(issue -> issues.add(told(issue)));
                // Where the next page is we know ourselves: no address of the far side is followed.
                if (!body.path("links").hasNonNull("next")) {
                    return new Said(List.copyOf(issues), Optional.empty(), false);
                }
            }
            return new Said(List.copyOf(issues), Optional.of("Snyk has more than " + PAGES + " pages"), false);
        } catch (InterruptedIOException e) {
            return Said.no("interrupted", true);
        } catch (Wire.Unsent e) {
            return Said.no("Snyk cannot be reached at " + url, true);
        } catch (IOException | IllegalArgumentException e) {
            return Said.no("Snyk did not answer: " + quoted.of(String.valueOf(e.getMessage())), true);
        }
    }

    private HttpRequest request(Library library, int offset) {
        String purl = "pkg:maven/" + library.group() + "/" + library.artifact() + "@" + library.version();
        String address = url + "/rest/orgs/" + encoded(organisation) + "/packages/" + encoded(purl) + "/issues?version="
                + VERSION + "&limit=" + PAGE + "&offset=" + offset;
        return HttpRequest.newBuilder(URI.create(address))
                .timeout(time)
                .header("Authorization", "token " + token)
                .header("Accept", JSON_API)
                .GET()
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode body(Wire.Answer answer) throws IOException {
        try {
            return json.readTree(answer.body().isBlank() ? "{}" : answer.body());
        } catch (IOException e) {
            if (answer.good()) {
                throw new IOException("no JSON: " + answer.body(), e);
            }
            return json.readTree("{}");
        }
    }

    private Said refused(Wire.Answer answer, JsonNode body) {
        List<String> details = new ArrayList<>();
        body.path("errors")
                .forEach(error -> details.add(
                        error.path("detail").asText(error.path("title").asText(""))));
        String said = details.isEmpty() ? "" : ": " + quoted.of(String.join("; ", details));
        return switch (answer.status()) {
            case 401 -> Said.no("Snyk does not accept the token" + said, true);
            case 403 -> Said.no("Snyk does not let this organisation ask" + said, true);
            case 404 -> Said.no("Snyk does not know it, or not the organisation" + said, false);
            case 429 -> Said.no(
                    "Snyk was asked too often"
                            + answer.headers()
                                    .firstValue("retry-after")
                                    .map(s -> ", again in " + quoted.of(s) + " s")
                                    .orElse("")
                            + said,
                    true);
            default -> Said.no("Snyk answered " + answer.status() + said, answer.status() >= 500);
        };
    }

    private String told(JsonNode issue) {
        JsonNode attributes = issue.path("attributes");
        List<String> names = new ArrayList<>(List.of(issue.path("id").asText("?")));
        attributes.path("problems").forEach(problem -> {
            if (problem.path("source").asText().equals("CVE")) {
                names.add(problem.path("id").asText());
            }
        });
        String level = attributes
                .path("effective_severity_level")
                .asText(attributes.path("severities").path(0).path("level").asText(""));
        Set<String> remedies = new LinkedHashSet<>();
        attributes.path("coordinates").forEach(coordinate -> coordinate
                .path("remedies")
                .forEach(remedy -> remedies.add(remedy.path("details")
                        .path("upgrade_package")
                        .asText(remedy.path("description").asText("")))));
        remedies.removeIf(String::isBlank);
        return quoted.of(String.join(", ", names) + (level.isEmpty() ? "" : " " + level) + ": "
                + attributes.path("title").asText("")
                + (remedies.isEmpty() ? "" : "; mended in " + String.join(", ", remedies)));
    }
}
