/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.business.PlaybookReader;
import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.node.DataFolder;
import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Release.Item;
import ai.king.inferences.Inferences;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Asks a change that brings no code what must be asked before people may decide it. */
@Component(service = Questions.class, configurationPid = "ai.king.engine.evolution.content")
@Designate(ocd = Questions.Config.class)
public final class Questions {

    @ObjectClassDefinition(name = "Evolution: changes without code", description = "What they are asked")
    @interface Config {
        @AttributeDefinition(
                description = "Program that formats terraform, looked for on the PATH; empty where none shall run")
        String terraform() default "terraform";
    }

    /** What people read and nothing refuses. */
    private static final Set<String> SHOWN = Set.of(TerraformQuestions.FORMAT, TerraformQuestions.VALIDATE);
    /** What refuses when it fails, and not when this node cannot tell. */
    private static final Set<String> WHERE_POSSIBLE = Set.of(TerraformQuestions.APPLIES);

    private final TerraformQuestions terraform;
    private final ModelQuestions models = new ModelQuestions(() -> Optional.ofNullable(this.inferences));
    private final PlaybookQuestions playbooks = new PlaybookQuestions(() -> Optional.ofNullable(this.reader));
    private volatile @Nullable Inferences inferences;
    private volatile @Nullable PlaybookReader reader;

    @Activate
    public Questions(BundleContext context, Config config) {
        terraform = new TerraformQuestions(DataFolder.shipped(context, "terraform"), config.terraform());
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInferences(Inferences there) {
        inferences = there;
    }

    void unbindInferences(Inferences gone) {
        inferences = inferences == gone ? null : inferences;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindReader(PlaybookReader there) {
        reader = there;
    }

    void unbindReader(PlaybookReader gone) {
        reader = reader == gone ? null : reader;
    }

    /** Whether this node reads playbooks by now. */
    public boolean readsPlaybooks() {
        return reader != null;
    }

    /** @param release the items it would join */
    public List<Finding> ask(Content content, List<Item> release) {
        if (content instanceof TerraformPatch patch) {
            return terraform.ask(patch);
        }
        if (content instanceof ModelShare share) {
            return models.ask(share, release);
        }
        if (content instanceof PlaybookText text) {
            return playbooks.ask(text, release);
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
