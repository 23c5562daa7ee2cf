/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.FileHeader.PatchType;
import org.eclipse.jgit.patch.Patch;

/**
 * A unified diff over {@code terraform/}: what the kind INFRASTRUCTURE proposes. People apply it; nothing here does.
 *
 * @param text as it was proposed, byte for byte what is handed out
 */
public record TerraformPatch(String text) implements Content {

    /** The folder it may change. */
    static final String FOLDER = "terraform/";

    private static final int LONGEST = 256 * 1024;
    private static final Pattern PATH = Pattern.compile("terraform/[A-Za-z0-9][A-Za-z0-9._/-]{0,200}");
    /** All that a diff of text is made of: a line that tools read differently is a line that people cannot trust. */
    private static final Pattern LINE = Pattern.compile("(diff --git |index |--- |\\+\\+\\+ |@@ |[ +-]|\\\\ No newline"
            + "|new file mode |deleted file mode |similarity index |rename from |rename to ).*|");

    private static final Set<FileMode> PLAIN = Set.of(FileMode.REGULAR_FILE, FileMode.MISSING);

    static TerraformPatch of(Map<String, Object> change) {
        return new TerraformPatch(Contents.text(change, "patch", LONGEST));
    }

    @Override
    public Risk risk() {
        return Risk.HIGH;
    }

    /** Nothing that runs here changes. */
    @Override
    public List<Item> apply(List<Item> items) {
        return items;
    }

    @Override
    public List<String> lines(List<Item> before) {
        List<String> lines = new ArrayList<>();
        for (FileHeader file : parsed().getFiles()) {
            lines.add(name(file) + ": " + file.getChangeType().name().toLowerCase(Locale.ROOT));
        }
        lines.add("Nobody applies this from here: once it is approved, the patch is handed out.");
        text.lines().forEach(line -> lines.add("    " + line));
        return lines;
    }

    Patch parsed() {
        Patch patch = new Patch();
        try {
            patch.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return patch;
    }

    /** What is wrong with it, whatever it would be applied to. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        Patch patch = parsed();
        patch.getErrors()
                .forEach(error -> faults.add(
                        error.getMessage() + ": " + error.getLineText().strip()));
        if (patch.getFiles().isEmpty()) {
            faults.add("it is no unified diff: it names no file");
        }
        patch.getFiles().forEach(file -> faults(file, faults));
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!LINE.matcher(lines.get(i)).matches()) {
                faults.add("line " + (i + 1) + " is no part of a diff of text");
            }
        }
        if (!lines.isEmpty() && !lines.get(0).matches("(diff --git|---) .*")) {
            faults.add("line 1: it must begin with the first file");
        }
        return faults;
    }

    private static void faults(FileHeader file, List<String> faults) {
        String name = name(file);
        if (file.getPatchType() != PatchType.UNIFIED) {
            faults.add(name + ": only text, no binary");
        } else if (file.getHunks().isEmpty() && file.getChangeType() != ChangeType.RENAME) {
            faults.add(name + ": it changes no line");
        }
        if (!PLAIN.contains(mode(file.getOldMode())) || !PLAIN.contains(mode(file.getNewMode()))) {
            faults.add(name + ": only plain files, no links and no programs");
        }
        for (String path : List.of(file.getOldPath(), file.getNewPath())) {
            if (!path.equals(DiffEntry.DEV_NULL)) {
                path(path, faults);
            }
        }
    }

    /** A diff that names no mode changes none. */
    private static FileMode mode(FileMode mode) {
        return mode == null ? FileMode.REGULAR_FILE : mode;
    }

    private static void path(String path, List<String> faults) {
        boolean inside =
                PATH.matcher(path).matches() && !path.contains("..") && !path.contains("//") && !path.endsWith("/");
        if (!inside) {
            faults.add(path + " is no path under " + FOLDER);
        } else if (path.contains("/.terraform/") || path.contains(".tfstate")) {
            faults.add(path + ": state and providers are no part of a change");
        }
    }

    int size() {
        return parsed().getFiles().size();
    }

    static String name(FileHeader file) {
        return file.getChangeType() == ChangeType.DELETE ? file.getOldPath() : file.getNewPath();
    }

    /** Secrets in what it adds, each with its line of the patch. */
    List<String> secrets() {
        List<String> faults = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int number = i + 1;
            if (line.startsWith("+")) {
                Secrets.in(line.substring(1))
                        .ifPresent(what -> faults.add(
                                "line " + number + " holds " + what + ": name a variable or a secret store instead"));
            }
        }
        return faults;
    }
}
