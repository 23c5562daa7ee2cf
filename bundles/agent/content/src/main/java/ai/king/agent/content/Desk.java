/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.AgentContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a text of a brief: by a model where one chats and keeps to the facts, else by rules; once more below the least score. */
final class Desk {

    private final Writer writer = new Writer();
    private final int leastScore;
    private final String style;

    /** @param style what a model is told about it besides the built-in rules; blank for nothing */
    Desk(int leastScore, String style) {
        this.leastScore = leastScore;
        this.style = style;
    }

    Piece make(Brief brief, AgentContext context) {
        if (!context.canChat()) {
            return byRules(brief, List.of(), 0);
        }
        Prose.Written first = Prose.ask(brief, style, context, List.of());
        Optional<SeoScore> score = first.draft().flatMap(draft -> score(brief, draft));
        boolean good = first.draft().isPresent()
                && score.map(found -> found.total() >= leastScore).orElse(true);
        if (good) {
            return new Piece(brief, first.draft().orElseThrow(), score, false, true, List.of(), first.tokens());
        }
        List<String> faults = new ArrayList<>(first.refused());
        score.ifPresent(found -> faults.addAll(found.shortcomings()));
        Prose.Written second = Prose.ask(brief, style, context, faults);
        long tokens = first.tokens() + second.tokens();
        Optional<Piece> best = better(brief, first.draft(), second.draft(), tokens);
        List<String> refused = new ArrayList<>(first.refused());
        refused.addAll(second.refused());
        Piece rules = byRules(brief, refused.stream().distinct().toList(), tokens);
        return best.filter(piece -> total(piece) >= Math.min(leastScore, total(rules)))
                .orElse(rules);
    }

    private static Optional<Piece> better(Brief brief, Optional<Draft> first, Optional<Draft> second, long tokens) {
        Optional<Piece> before =
                first.map(draft -> new Piece(brief, draft, score(brief, draft), false, true, List.of(), tokens));
        Optional<Piece> after =
                second.map(draft -> new Piece(brief, draft, score(brief, draft), true, true, List.of(), tokens));
        return after.filter(piece -> before.isEmpty() || total(piece) >= total(before.get()))
                .or(() -> before);
    }

    private Piece byRules(Brief brief, List<String> remarks, long tokens) {
        Draft draft = writer.write(brief);
        Optional<SeoScore> score = score(brief, draft);
        if (score.map(found -> found.total() >= leastScore).orElse(true)) {
            return new Piece(brief, draft, score, false, false, remarks, tokens);
        }
        Draft again = writer.rewrite(brief);
        Optional<SeoScore> next = score(brief, again);
        boolean better = next.orElseThrow().total() > score.orElseThrow().total();
        return new Piece(brief, better ? again : draft, better ? next : score, true, false, remarks, tokens);
    }

    private static int total(Piece piece) {
        return piece.score().map(SeoScore::total).orElse(0);
    }

    private static Optional<SeoScore> score(Brief brief, Draft draft) {
        return brief.form().page()
                ? Optional.of(SeoScore.of(draft, brief.keyword(), brief.form().leastWords()))
                : Optional.empty();
    }
}
