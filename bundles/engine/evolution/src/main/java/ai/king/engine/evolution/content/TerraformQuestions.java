/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.engine.evolution.check.Answer;
import ai.king.evolution.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a patch of {@code terraform/} is asked: is it one, does it hide secrets, does it fit what this distribution has. */
public final class TerraformQuestions {

    static final String APPLIES = "applies";
    static final String FORMAT = "format";
    static final String VALIDATE = "validate";

    private final Path folder;
    private final FormatCommand format;

    /**
     * @param folder {@code terraform/} of the distribution; it need not be there
     * @param command the program that formats; empty for none
     */
    public TerraformQuestions(Path folder, String command) {
        this.folder = folder;
        this.format = new FormatCommand(command);
    }

    List<Finding> ask(TerraformPatch patch) {
        List<Finding> findings = new ArrayList<>();
        List<String> faults = patch.faults();
        findings.add(Questions.timed(
                "patch",
                () -> Answer.of(
                        faults, "a diff of text under " + TerraformPatch.FOLDER + ", " + patch.size() + " files")));
        findings.add(Questions.timed(
                "secrets", () -> Answer.of(patch.secrets(), "nothing that looks like a secret is added")));
        if (faults.isEmpty()) {
            tree(patch, findings);
        }
        return findings;
    }

    private void tree(TerraformPatch patch, List<Finding> findings) {
        if (!Files.isDirectory(folder)) {
            findings.add(Questions.timed(
                    APPLIES, () -> Answer.notAssessed("this distribution has no terraform/ to apply it to")));
            return;
        }
        long start = System.nanoTime();
        try (TerraformTree tree = new TerraformTree(folder)) {
            TerraformTree.Applied applied = tree.apply(patch);
            findings.add(Questions.timed(
                    APPLIES, () -> Answer.of(applied.faults(), "applies to the terraform/ of this distribution")));
            if (applied.faults().isEmpty()) {
                findings.add(Questions.timed(FORMAT, () -> format(tree, applied)));
                findings.add(Questions.timed(
                        VALIDATE,
                        () -> Answer.notAssessed("terraform validate runs programs that the change names, so this"
                                + " platform does not: run terraform init and validate before you apply it")));
            }
        } catch (IOException e) {
            findings.add(new Finding(
                    APPLIES,
                    Finding.Verdict.FAIL,
                    "terraform/ of this distribution cannot be read: " + e.getMessage(),
                    (System.nanoTime() - start) / 1_000_000));
        }
    }

    private Answer format(TerraformTree tree, TerraformTree.Applied applied) {
        Optional<String> missing = format.missing();
        if (missing.isPresent()) {
            return Answer.notAssessed(missing.get());
        }
        try {
            Path copy = Files.createTempDirectory("king-terraform");
            try {
                tree.write(applied, copy);
                return format.ask(copy);
            } finally {
                remove(copy);
            }
        } catch (IOException e) {
            return Answer.notAssessed("the format could not be looked at: " + e.getMessage());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
