/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.licence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.evolution.check.Answer;
import ai.king.engine.evolution.testing.CarryingJar;
import ai.king.engine.plug.testing.PlugSource;
import ai.king.evolution.Finding.Verdict;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenceCheckTest {

    private static final String PLUG = "acme.forecast";

    @TempDir
    Path folder;

    private Answer ask(CarryingJar jar) throws Exception {
        return new LicenceCheck(List.of("Apache-2.0", "MIT"), "licences of here").ask(jar.candidate(folder));
    }

    private static CarryingJar plug(String licence) throws Exception {
        PlugSource source = PlugSource.echo(PLUG, "forecast", "1.0.0");
        return CarryingJar.of(licence.isEmpty() ? source : source.header("Bundle-License", licence));
    }

    @Test
    void passesAPlugUnderAnAllowedLicence() throws Exception {
        assertThat(ask(plug("Apache-2.0;link=\"https://www.apache.org/licenses/LICENSE-2.0.txt\"")))
                .isEqualTo(new Answer(Verdict.PASS, "the plug itself: Apache-2.0"));
        assertThat(ask(plug("https://www.apache.org/licenses/LICENSE-2.0.txt")).detail())
                .startsWith("the plug itself: Apache-2.0 (\"https:");
    }

    @Test
    void saysWhereALicenceMustStandWhenThereIsNone() throws Exception {
        Answer answer = ask(plug(""));
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(answer.detail()).contains("Bundle-License: Apache-2.0");
    }

    @Test
    void readsThePomsAndTextsOfARealLibrary() throws Exception {
        Answer answer = ask(plug("MIT").library(ObjectMapper.class));
        assertThat(answer.verdict()).as(answer.detail()).isEqualTo(Verdict.PASS);
        assertThat(answer.detail())
                .contains("com.fasterxml.jackson.core:jackson-databind:", ": Apache-2.0", "the text META-INF/LICENSE");
    }

    @Test
    void refusesALibraryUnderAnotherLicenceAndSaysWhereToAllowIt() throws Exception {
        Answer answer =
                ask(plug("MIT").descriptor("org.acme", "viral", "3.1", "<license><name>GNU GPL v3</name></license>"));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(answer.detail())
                .startsWith("org.acme:viral:3.1: GPL-3.0-only (\"GNU GPL v3\") is not allowed here")
                .contains("licences of here");
    }

    @Test
    void ofTwoLicencesOfALibraryItsUserChooses() throws Exception {
        Answer answer = ask(
                plug("MIT")
                        .descriptor(
                                "org.acme",
                                "dual",
                                "1",
                                "<license><name>GNU GPL v3</name></license><license><url>https://opensource.org/licenses/MIT</url></license>"));
        assertThat(answer.verdict()).as(answer.detail()).isEqualTo(Verdict.PASS);
    }

    @Test
    void doesNotGuessWhatNobodySays() throws Exception {
        assertThat(ask(plug("MIT").descriptor("org.acme", "mute", "1", "")).detail())
                .contains("org.acme:mute:1 names no licence in its own pom");
        assertThat(ask(plug("MIT").entry("META-INF/LICENSE.txt", "Ask Bob.")))
                .extracting(Answer::verdict)
                .isEqualTo(Verdict.NOT_ASSESSED);
        Answer bare = ask(plug("MIT").library(ObjectMapper.class).without("META-INF/maven"));
        assertThat(bare.verdict()).isEqualTo(Verdict.NOT_ASSESSED);
        assertThat(bare.detail()).contains("com.fasterxml.jackson.databind", "keep the libraries' META-INF/maven");
    }

    @ParameterizedTest
    @CsvSource({
        "MIT, ALLOWED",
        "mit, ALLOWED",
        "MIT OR GPL-3.0-only, ALLOWED",
        "MIT AND GPL-3.0-only, REFUSED",
        "(GPL-3.0-only OR MIT) AND Apache-2.0, ALLOWED",
        "GPL-2.0-only WITH Classpath-exception-2.0, REFUSED",
        "Apache-2.0 WITH LLVM-exception, ALLOWED",
        "(MIT, UNKNOWN",
        "<<EXTERNAL>>, UNKNOWN"
    })
    void judgesExpressions(String expression, Expression.Standing standing) {
        assertThat(Expression.judge(expression, List.of("MIT", "Apache-2.0"))).isEqualTo(standing);
    }

    @ParameterizedTest
    @CsvSource({
        "The Apache Software License Version 2.0, Apache-2.0",
        "Apache License 2.0, Apache-2.0",
        "MIT License, MIT",
        "The MIT License (MIT), MIT",
        "Eclipse Public License v2.0, EPL-2.0",
        "GNU Lesser General Public License v2.1, LGPL-2.1-only",
        "GPL2 w/ CPE, GPL-2.0-only WITH Classpath-exception-2.0",
        "New BSD License, BSD-3-Clause",
        "https://www.gnu.org/licenses/gpl-3.0.html, GPL-3.0-only"
    })
    void knowsTheUsualNames(String name, String identifier) {
        assertThat(Spdx.ofName(name)).contains(identifier);
    }
}
