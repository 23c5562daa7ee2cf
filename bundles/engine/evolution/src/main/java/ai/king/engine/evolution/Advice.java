/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Finding;
import ai.king.evolution.Finding.Verdict;
import java.util.Map;

/** Where to begin when a check fails: what failed stands in its finding, this says which file or command mends it. */
final class Advice {

    private static final Map<String, String> TO_CHANGE = Map.of(
            FormerTests.CHECK,
            "the tests: keep those of the version that runs, or tell those who vote why they go",
            "manifest",
            "bnd.bnd and the annotations of the component, then build again",
            "baseline",
            "the version in bnd.bnd or pom.xml, or the version of the API it is built against",
            "resolution",
            "what needs it; a library comes along inlined, with -conditionalpackage in bnd.bnd",
            "bytecode",
            "the named lines: an agent does everything through its AgentContext, such as call, records, recall, now and random",
            "reaches",
            "the property king.reaches of the component, or its code",
            "contract",
            "the plug, until mvn verify is green with the contract test of its family: it asks the same",
            "sandbox",
            "the tests that came along: here they have no network, no child process, 512 MiB and 300 s");

    private Advice() {}

    static Finding with(Finding finding) {
        String advice = TO_CHANGE.get(finding.check());
        return advice == null || finding.verdict() != Verdict.FAIL
                ? finding
                : new Finding(
                        finding.check(),
                        finding.verdict(),
                        finding.detail() + "\nWhat to change: " + advice,
                        finding.durationMillis());
    }
}
