/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import ai.king.evolution.Proposal.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patches of {@code terraform/}, on their own and against a folder. */
class TerraformPatchTest {

    static final String MAIN = "variable \"nodes\" {\n  default = 1\n}\n";
    static final String PATCH =
            """
            diff --git a/terraform/main.tf b/terraform/main.tf
            --- a/terraform/main.tf
            +++ b/terraform/main.tf
            @@ -1,3 +1,3 @@
             variable "nodes" {
            -  default = 1
            +  default = 3
             }
            """;

    @TempDir
    Path work;

    private List<Finding> ask(String patch) {
        return new TerraformQuestions(work.resolve("terraform"), "").ask(of(patch));
    }

    private static TerraformPatch of(String patch) {
        return (TerraformPatch)
                Contents.of(Kind.INFRASTRUCTURE, Map.of("patch", patch)).orElseThrow();
    }

    private void tree(String main) throws IOException {
        Files.createDirectories(work.resolve("terraform/modules"));
        Files.writeString(work.resolve("terraform/main.tf"), main);
        Files.writeString(work.resolve("terraform/modules/a.tf"), "# a\n");
    }

    @Test
    void appliesToTheFolderOfTheDistribution() throws IOException {
        tree(MAIN);
        assertThat(ask(PATCH))
                .extracting(Finding::check, Finding::verdict)
                .containsExactly(
                        tuple("patch", Verdict.PASS),
                        tuple("secrets", Verdict.PASS),
                        tuple("applies", Verdict.PASS),
                        tuple("format", Verdict.NOT_ASSESSED),
                        tuple("validate", Verdict.NOT_ASSESSED));
        assertThat(ask(PATCH)).noneMatch(Questions::refuses);
        assertThat(Files.readString(work.resolve("terraform/main.tf"))).isEqualTo(MAIN);
    }

    @Test
    void refusesAPatchOfAnotherText() throws IOException {
        tree("variable \"nodes\" {\n  default = 2\n}\n");
        assertThat(ask(PATCH))
                .anyMatch(finding -> finding.check().equals("applies")
                        && finding.verdict() == Verdict.FAIL
                        && Questions.refuses(finding));
    }

    @Test
    void saysThatThereIsNoFolderAndRefusesNothingForThat() {
        assertThat(ask(PATCH))
                .anyMatch(finding -> finding.check().equals("applies")
                        && finding.verdict() == Verdict.NOT_ASSESSED
                        && !Questions.refuses(finding));
    }

    @Test
    void takesNewFilesAndFilesThatGo() throws IOException {
        tree(MAIN);
        String patch =
                """
                diff --git a/terraform/new.tf b/terraform/new.tf
                new file mode 100644
                --- /dev/null
                +++ b/terraform/new.tf
                @@ -0,0 +1 @@
                +# new
                diff --git a/terraform/modules/a.tf b/terraform/modules/a.tf
                deleted file mode 100644
                --- a/terraform/modules/a.tf
                +++ /dev/null
                @@ -1 +0,0 @@
                -# a
                """;
        assertThat(ask(patch)).noneMatch(Questions::refuses);
        assertThat(of(patch).lines(List.of())).startsWith("terraform/new.tf: add", "terraform/modules/a.tf: delete");
    }

    @Test
    void asksTerraformWhereThereIsOne() throws IOException {
        tree(MAIN);
        Path program = work.resolve("terraform-program");
        Files.writeString(
                program, "#!/bin/sh\n[ \"$1\" = fmt ] && grep -q 'default = 3' terraform/main.tf && exit 3\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        List<Finding> findings = new TerraformQuestions(work.resolve("terraform"), program.toString()).ask(of(PATCH));
        assertThat(findings).anyMatch(finding -> finding.check().equals("format") && finding.verdict() == Verdict.FAIL);
        assertThat(findings).noneMatch(Questions::refuses);
    }

    @ParameterizedTest
    @CsvSource({
        "terraform/../bundles/pom.xml",
        "bundles/pom.xml",
        "terraform/state/x.tfstate",
        "terraform/.terraform/x",
        "terraform//etc/passwd"
    })
    void refusesPathsOutsideOrOfNoConcern(String path) {
        String patch = "diff --git a/%1$s b/%1$s\n--- a/%1$s\n+++ b/%1$s\n@@ -1 +1 @@\n-a\n+b\n".formatted(path);
        assertThat(of(patch).faults()).isNotEmpty();
    }

    @Test
    void refusesBinariesLinksAndWhatIsNoDiff() {
        assertThat(of("just words\n").faults()).contains("it is no unified diff: it names no file");
        assertThat(of("diff --git a/terraform/x b/terraform/x\nnew file mode 120000\n--- /dev/null\n"
                                + "+++ b/terraform/x\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n")
                        .faults())
                .anyMatch(fault -> fault.contains("no links"));
        assertThat(of("diff --git a/terraform/x b/terraform/x\nindex 1..2 100644\nGIT binary patch\nliteral 1\nIcmZ\n")
                        .faults())
                .anyMatch(fault -> fault.contains("no binary"));
        assertThat(of("From: somebody\n" + PATCH).faults()).anyMatch(fault -> fault.startsWith("line 1"));
        assertThat(of(PATCH.replace("@@ -1,3 +1,3 @@", "@@ -1,9 +1,9 @@")).faults())
                .isNotEmpty();
        assertThatThrownBy(() -> of(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of("x".repeat(300_000))).hasMessageContaining("more than");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password = \"hunter2hunter2\"|true",
                "db_password: \"hunter2hunter2\"|true",
                "access_key = \"AKIAIOSFODNN7EXAMPLE\"|true",
                "url = \"postgres://king:geheim@db/king\"|true",
                "-----BEGIN RSA PRIVATE KEY-----|true",
                "password = var.password|false",
                "token = \"${var.token}\"|false",
                "secret_name = var.x|false"
            })
    void findsSecretsInWhatItAdds(String line, boolean secret) {
        List<String> faults = of(PATCH.replace("+  default = 3", "+  " + line)).secrets();
        assertThat(!faults.isEmpty()).isEqualTo(secret);
        assertThat(faults).allMatch(fault -> fault.startsWith("line 7") && !fault.contains("hunter2"));
        assertThat(of(PATCH.replace("-  default = 1", "-  " + line)).secrets()).isEmpty();
    }
}
