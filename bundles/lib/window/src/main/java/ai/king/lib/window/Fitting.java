/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import ai.king.inference.Window;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shares a window out among texts and shortens those that do not fit. */
public final class Fitting {

    private static final int PERCENT = 80;
    private static final int LONGEST_SUMMARY = 800;
    /** What stands around a text in the prompt. */
    private static final int FRAME = 40;
    /** The tokens of the note where a text is cut. */
    private static final int NOTE = 12;

    private final Tokens.Counter counter;
    private final int budget;

    public Fitting(Tokens tokens, Window window) {
        this(tokens.of(window.model()), window.tokens());
    }

    private Fitting(Tokens.Counter counter, int window) {
        this.counter = counter;
        this.budget = (int) ((long) window * PERCENT / 100);
    }

    /** What may be filled: 80 % of the window. */
    public int budget() {
        return budget;
    }

    public Tokens.Counter counter() {
        return counter;
    }

    /** The share of one part. */
    public int share(Part part) {
        return part.share(budget);
    }

    /** The texts, each part within what it may have; the parts in their order. */
    public Fitted fit(List<Piece> pieces, Shortening shortening) {
        return fit(pieces, 0, shortening);
    }

    /**
     * The same, with room kept for what is yet to come.
     *
     * @param kept tokens that nothing of this may take
     */
    public Fitted fit(List<Piece> pieces, int kept, Shortening shortening) {
        int offered = Math.max(1, budget - kept);
        List<Piece> ordered = pieces.stream()
                .sorted(java.util.Comparator.comparing(Piece::part))
                .toList();
        long most = ordered.stream()
                .mapToLong(piece -> FRAME + counter.most(piece.text()))
                .sum();
        if (most <= offered) {
            return new Fitted(ordered, List.of(), budget, counter.name());
        }
        Map<Part, List<Measured>> parts = measured(ordered);
        Map<Part, Integer> room = room(parts, offered);
        List<Piece> fitted = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        parts.forEach((part, texts) -> {
            if (texts.stream().mapToInt(Measured::tokens).sum() <= room.getOrDefault(part, 0)) {
                texts.forEach(text -> fitted.add(text.piece()));
            } else {
                fitted.addAll(shortened(part, texts, room.getOrDefault(part, 0), shortening, leftOut));
            }
        });
        return new Fitted(List.copyOf(fitted), List.copyOf(leftOut), budget, counter.name());
    }

    private record Measured(Piece piece, int tokens) {}

    private Map<Part, List<Measured>> measured(List<Piece> pieces) {
        Map<Part, List<Measured>> parts = new EnumMap<>(Part.class);
        for (Piece piece : pieces) {
            parts.computeIfAbsent(piece.part(), part -> new ArrayList<>())
                    .add(new Measured(piece, FRAME + counter.count(piece.text())));
        }
        return parts;
    }

    /** What one part leaves goes to the next, and what the last leaves begins again at the first. */
    private Map<Part, Integer> room(Map<Part, List<Measured>> parts, int whole) {
        Map<Part, Integer> need = new EnumMap<>(Part.class);
        parts.forEach((part, texts) ->
                need.put(part, texts.stream().mapToInt(Measured::tokens).sum()));
        Map<Part, Integer> room = new EnumMap<>(Part.class);
        int carried = 0;
        for (Part part : Part.values()) {
            int offered = part.share(whole) + carried;
            int taken = Math.min(need.getOrDefault(part, 0), offered);
            room.put(part, taken);
            carried = offered - taken;
        }
        for (Part part : Part.values()) {
            int more = Math.min(need.getOrDefault(part, 0) - room.getOrDefault(part, 0), carried);
            room.merge(part, more, Integer::sum);
            carried -= more;
        }
        return room;
    }

    /** The newest whole as long as they fit, the older ones as one text. */
    private List<Piece> shortened(
            Part part, List<Measured> texts, int room, Shortening shortening, List<String> leftOut) {
        int summary = Math.min(LONGEST_SUMMARY, room / 4);
        int left = room - summary - FRAME;
        int keep = texts.size();
        while (keep > 0 && texts.get(keep - 1).tokens() <= left) {
            keep--;
            left -= texts.get(keep).tokens();
        }
        if (keep == texts.size() && left > FRAME) {
            return List.of(cut(part, texts, left + summary, leftOut));
        }
        List<Piece> kept = new ArrayList<>();
        oldest(part, texts.subList(0, keep), summary, shortening, leftOut).ifPresent(kept::add);
        texts.subList(keep, texts.size()).forEach(text -> kept.add(text.piece()));
        return kept;
    }

    /** Not even the newest fits whole: its beginning is all there is. */
    private Piece cut(Part part, List<Measured> texts, int room, List<String> leftOut) {
        Measured newest = texts.get(texts.size() - 1);
        String older = texts.size() == 1 ? "" : "; " + (texts.size() - 1) + " older texts left out";
        leftOut.add("%s: “%s” cut after %,d of %,d tokens%s"
                .formatted(part.word(), newest.piece().name(), room, newest.tokens(), older));
        String text = counter.first(newest.piece().text(), room - NOTE) + "\n[cut here: the rest does not fit]";
        return new Piece(part, newest.piece().name(), text);
    }

    private Optional<Piece> oldest(
            Part part, List<Measured> texts, int summary, Shortening shortening, List<String> leftOut) {
        int tokens = texts.stream().mapToInt(Measured::tokens).sum();
        StringBuilder whole = new StringBuilder();
        texts.forEach(text -> whole.append(text.piece().name())
                .append(":\n")
                .append(text.piece().text())
                .append("\n\n"));
        String readable = counter.first(whole.toString(), budget / 2);
        Optional<String> said = summary < 20
                ? Optional.empty()
                : shortening.of(readable, summary).filter(text -> !text.isBlank());
        String how = said.isPresent() ? "summarised" : summary < 20 ? "left out" : "cut to their beginning";
        leftOut.add("%s: the %d oldest of its texts, %,d tokens, %s".formatted(part.word(), texts.size(), tokens, how));
        if (summary < 20) {
            return Optional.empty();
        }
        String text = said.map(shorter -> counter.first(shorter, summary))
                .orElseGet(() -> counter.first(readable, summary - NOTE) + "\n[cut here: the rest does not fit]");
        String name = said.isPresent() ? "summary of " + texts.size() + " older texts" : "beginning of older texts";
        return Optional.of(new Piece(part, name, text));
    }
}
