/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Texts as they were and as they would be, in the lines that differ with three around them. */
final class LineDiff {

    private LineDiff() {}

    /** Files by path; the tests that came along, too: what is asked of a candidate less is worth a look. */
    static List<String> of(Map<String, String> before, Map<String, String> after) {
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<String> lines = new ArrayList<>();
        for (String path : paths) {
            String was = before.get(path);
            String becomes = after.get(path);
            if (was == null || becomes == null) {
                String sign = was == null ? "+ " : "- ";
                lines.add(path + (was == null ? ": new" : ": removed"));
                String text = was == null ? String.valueOf(becomes) : was;
                text.lines().forEach(line -> lines.add("    " + sign + line));
            } else if (was.equals(becomes)) {
                lines.add(path + ": unchanged");
            } else {
                lines.add(path + ": changed");
                of(was, becomes).forEach(line -> lines.add("    " + line));
            }
        }
        return lines;
    }

    static List<String> of(String before, String after) {
        RawText was = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText becomes = new RawText(after.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(new HistogramDiff().diff(RawTextComparator.DEFAULT, was, becomes), was, becomes);
            formatter.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return List.of(out.toString(StandardCharsets.UTF_8).split("\n"));
    }
}
