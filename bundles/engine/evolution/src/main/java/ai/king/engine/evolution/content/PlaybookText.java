/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import ai.king.store.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** A playbook as a text under a name: what the kind PLAYBOOK proposes, new or instead of the one there is. */
public record PlaybookText(String id, String yaml) implements Content {

    /** The type of the items. */
    public static final String TYPE = "Playbook";

    /** Characters of a playbook at most. */
    public static final int LONGEST = 64 * 1024;

    private static final String PLUG = "ai.king.playbook";
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    static PlaybookText of(Map<String, Object> change) {
        String id = Contents.text(change, "id", 64);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "change.id must be a word of lower-case letters, digits and underscores");
        }
        return new PlaybookText(id, Contents.text(change, "yaml", LONGEST));
    }

    /** The item of a playbook that comes with the distribution. */
    public static Item first(String id, String yaml) {
        return of(Map.of("id", id, "yaml", yaml)).item(1);
    }

    @Override
    public Risk risk() {
        return Risk.LOW;
    }

    private Item item(int version) {
        return new Item(PLUG, id, TYPE, Json.sha256(yaml), Integer.toString(version), Map.of("yaml", yaml), "platform");
    }

    @Override
    public List<Item> apply(List<Item> items) {
        List<Item> after = new ArrayList<>(items);
        int version = before(items)
                .map(item -> Integer.parseInt(item.bundleVersion()) + 1)
                .orElse(1);
        after.removeIf(this::same);
        after.add(item(version));
        return List.copyOf(after);
    }

    private boolean same(Item item) {
        return item.type().equals(TYPE) && item.name().equals(id);
    }

    private Optional<Item> before(List<Item> items) {
        return items.stream().filter(this::same).findFirst();
    }

    /** The text of this playbook in a release; empty where it is new. */
    Optional<String> text(List<Item> items) {
        return before(items).map(item -> String.valueOf(item.values().get("yaml")));
    }

    @Override
    public List<String> lines(List<Item> before) {
        Optional<String> now = text(before);
        List<String> lines = new ArrayList<>();
        lines.add(now.isPresent() ? "The playbook " + id + " changes:" : "A new playbook " + id + ":");
        diff(now.orElse(""), yaml).lines().forEach(line -> lines.add("    " + line));
        lines.add("Runs that have begun keep the playbook they began with.");
        return lines;
    }

    static String diff(String before, String after) {
        RawText old = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText now = new RawText(after.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now), old, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
