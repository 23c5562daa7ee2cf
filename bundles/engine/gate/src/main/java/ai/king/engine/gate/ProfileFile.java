/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.gate.RiskProfile;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The risk profiles of the site as they stand in {@code risk_profiles.yaml}. Anything that is not understood is refused
 * with line and reason: a rule that is read wrongly is worse than none.
 */
record ProfileFile(String preset, Map<String, RiskProfile> profiles) {

    static final Set<String> ACTIONS = Set.of(
            "research",
            "analysis",
            "planning",
            "operations",
            "external_api_calls",
            "content_creation",
            "small_purchases",
            "legal_actions",
            "financial_transactions",
            "code_modifications",
            "infrastructure_updates");
    static final String ALL = "all";
    private static final Set<String> SENSITIVITIES = Set.of("high", "medium", "low");

    /** Throws {@link IllegalArgumentException} with line and reason when the text is not a set of profiles. */
    static ProfileFile parse(String yaml) {
        // The YAML factory resolves no types and runs no code; aliases and duplicate keys are refused or bounded by it.
        JsonMapper mapper = JsonMapper.builder(new YAMLFactory())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build();
        try {
            return mapper.readValue(yaml, Shape.class).checked();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String line = at == null ? "" : "line " + at.getLineNr() + ": ";
            Throwable cause = e.getCause();
            String reason = cause instanceof IllegalArgumentException && cause.getMessage() != null
                    ? cause.getMessage()
                    : e.getOriginalMessage();
            throw new IllegalArgumentException("risk_profiles.yaml, " + line + reason, e);
        }
    }

    private record Shape(
            @JsonProperty(value = "default", required = true) String preset,
            @JsonProperty(value = "profiles", required = true) Map<String, Entry> profiles) {

        Shape {
            if (!profiles.containsKey(preset)) {
                throw new IllegalArgumentException("default: there is no profile " + preset);
            }
        }

        ProfileFile checked() {
            Map<String, RiskProfile> named = new LinkedHashMap<>();
            new TreeMap<>(profiles).forEach((name, entry) -> named.put(name, entry.profile(name)));
            return new ProfileFile(preset, Map.copyOf(named));
        }
    }

    private record Entry(
            @JsonProperty(value = "max_spend_without_approval", required = true) BigDecimal maxSpend,
            @JsonProperty(value = "require_approval_for", required = true) List<String> require,
            @JsonProperty(value = "autonomous_actions_allowed", required = true) List<String> autonomous,
            @JsonProperty(value = "max_daily_transactions", required = true) Integer daily,
            @JsonProperty(value = "require_two_approvers_above", required = true) BigDecimal twoAbove,
            @JsonProperty(value = "circuit_breaker_sensitivity", required = true) String sensitivity,
            @JsonProperty(value = "auto_pause_on_circuit_open", required = true) Boolean autoPause) {

        Entry {
            notNegative("max_spend_without_approval", maxSpend);
            notNegative("require_two_approvers_above", twoAbove);
            notNegative("max_daily_transactions", BigDecimal.valueOf(daily));
            known("require_approval_for", require, Set.of());
            known("autonomous_actions_allowed", autonomous, Set.of(ALL));
            if (!SENSITIVITIES.contains(sensitivity)) {
                throw new IllegalArgumentException(
                        "circuit_breaker_sensitivity is high, medium or low: " + sensitivity);
            }
        }

        private static void notNegative(String key, @Nullable BigDecimal value) {
            if (value == null || value.signum() < 0) {
                throw new IllegalArgumentException(key + " must be a number of at least 0: " + value);
            }
        }

        private static void known(String key, List<String> actions, Set<String> more) {
            for (String action : actions) {
                if (!ACTIONS.contains(action) && !more.contains(action)) {
                    throw new IllegalArgumentException(key + ": there is no action " + action);
                }
            }
        }

        RiskProfile profile(String name) {
            return new RiskProfile(
                    name,
                    maxSpend,
                    Set.copyOf(Set.copyOf(require)),
                    Set.copyOf(Set.copyOf(autonomous)),
                    daily,
                    twoAbove,
                    sensitivity,
                    autoPause);
        }
    }
}
