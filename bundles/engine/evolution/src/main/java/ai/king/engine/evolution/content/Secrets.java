/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What must never stand in a text that people, the ledger and git keep. */
final class Secrets {

    private static final Map<String, Pattern> KNOWN = known();

    private Secrets() {}

    private static Map<String, Pattern> known() {
        Map<String, Pattern> known = new LinkedHashMap<>();
        known.put("a private key", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"));
        known.put("an access key of AWS", Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"));
        known.put("a token of GitHub", Pattern.compile("\\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})"));
        known.put("a key of Google", Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"));
        known.put("a token of Slack", Pattern.compile("\\bxox[abprs]-[0-9A-Za-z-]{10,}"));
        known.put("a key of a model provider", Pattern.compile("\\b(sk-[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,})"));
        known.put("a password in an address", Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@\"'$]+:[^/\\s:@\"'$]+@"));
        known.put(
                "a secret in plain text",
                Pattern.compile("(?i)[a-z0-9_.-]*(password|passwd|secret|token|api_?key|access_?key|private_?key)"
                        + "[a-z0-9_]*\"?\\s*[=:]\\s*\"(?![^\"]*\\$\\{)[^\"\\s]{6,}\""));
        return known;
    }

    /** What kind of secret a line holds; the secret itself is never said. */
    static Optional<String> in(String line) {
        return KNOWN.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(line).find())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
