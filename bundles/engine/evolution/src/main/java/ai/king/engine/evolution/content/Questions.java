/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.engine.evolution.check.Answer;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Release.Item;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Asks a change that brings no code what must be asked before people may decide it. */
public final class Questions {

    /** What people read and nothing refuses. */
    private static final Set<String> SHOWN = Set.of(TerraformQuestions.FORMAT, TerraformQuestions.VALIDATE);
    /** What refuses when it fails, and not when this node cannot tell. */
    private static final Set<String> WHERE_POSSIBLE = Set.of(TerraformQuestions.APPLIES);

    private final TerraformQuestions terraform;
    private final ModelQuestions models;

    public Questions(TerraformQuestions terraform, ModelQuestions models) {
        this.terraform = terraform;
        this.models = models;
    }

    /** @param release the items it would join */
    public List<Finding> ask(Content content, List<Item> release) {
        if (content instanceof TerraformPatch patch) {
            return terraform.ask(patch);
        }
        if (content instanceof ModelShare share) {
            return models.ask(share, release);
        }
        throw new IllegalArgumentException("no checks for " + content.getClass().getSimpleName());
    }

    /** Whether the finding keeps a proposal from its vote. */
    public static boolean refuses(Finding finding) {
        return finding.verdict() != Verdict.PASS
                && !SHOWN.contains(finding.check())
                && !(finding.verdict() == Verdict.NOT_ASSESSED && WHERE_POSSIBLE.contains(finding.check()));
    }

    static Finding timed(String check, Supplier<Answer> question) {
        long start = System.nanoTime();
        Answer answer = question.get();
        return new Finding(check, answer.verdict(), answer.detail(), (System.nanoTime() - start) / 1_000_000);
    }
}
