/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Release.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which kinds of proposals bring no code, and what is in a release besides plugs. */
public final class Contents {

    private static final Set<String> TYPES = Set.of(ModelShare.TYPE, PlaybookText.TYPE);

    private Contents() {}

    /** Empty for the kinds that bring code or configure it. */
    public static Optional<Content> of(Kind kind, Map<String, Object> change) {
        return switch (kind) {
            case INFRASTRUCTURE -> Optional.of(TerraformPatch.of(change));
            case MODEL -> Optional.of(ModelShare.of(change));
            case PLAYBOOK -> Optional.of(text(change));
            default -> Optional.empty();
        };
    }

    /** A playbook, or prompts or business rules: the text says which. */
    private static Content text(Map<String, Object> change) {
        PlaybookText text = PlaybookText.of(change);
        return TextsYaml.meant(text.yaml()) ? PlugTexts.of(text.id(), text.yaml()) : text;
    }

    /** Whether an item is a plug, which nodes install; all else is only read. */
    public static boolean plug(Item item) {
        return !TYPES.contains(item.type());
    }

    /** The plugs of a release. */
    public static List<Item> plugs(List<Item> items) {
        return items.stream().filter(Contents::plug).toList();
    }

    /** A text of the change. */
    static String text(Map<String, Object> change, String key, int longest) {
        if (change.get(key) instanceof String text && !text.isBlank()) {
            if (text.length() > longest) {
                throw new IllegalArgumentException("change." + key + " has more than " + longest + " characters");
            }
            return text;
        }
        throw new IllegalArgumentException("change." + key + " is missing");
    }
}
