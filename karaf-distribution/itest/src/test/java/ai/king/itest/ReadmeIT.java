/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import ai.king.itest.Checkout.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Somebody who has read nothing but the README: every command that is typed here stands there. */
public class ReadmeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String BEA = "second-Password-2";
    private static final String ID = "([0-9a-f-]{36})";

    private Checkout checkout;
    private int port;
    private Process running;

    @Before
    public void takeTheRepository() throws IOException {
        assumeTrue("no node on the path: apt-get install nodejs", Checkout.onPath("node"));
        assumeTrue("no mvn on the path: apt-get install maven", Checkout.onPath("mvn"));
        checkout = Checkout.fresh();
        port = Node.freePort();
        checkout.with("KING_SSH_PORT", Integer.toString(Node.freePort()));
    }

    @After
    public void stop() throws InterruptedException {
        if (checkout != null) {
            checkout.type("./king stop");
        }
        if (running != null && !running.waitFor(30, TimeUnit.SECONDS)) {
            running.destroyForcibly();
        }
    }

    @Test
    public void aNewUserGetsTheReportDecidesSwapsAnAgentAndRollsItBack() throws Exception {
        String told = run();
        assertThat(told).contains("COMPLETED         finance", "jail T", "/system/console", "./king shell");
        assertThat(matched(told, "(\\S+/reports/" + ID + "\\.html)")).satisfies(this::standsThere);
        assertThat(matched(told, "Password of admin: in (\\S+)")).satisfies(this::isForItsOwnerOnly);
        assertThat(typed("./king goal --list").text()).contains("Plan the next quarter");
        whatIsBusyIsToldPlainly();
        aPersonDecides();
        stopsAndRunsAgain();
        aSwap();
        assertThat(typed("./king pause").text()).contains("./king resume");
        assertThat(typed("./king resume").text()).contains("running");
        assertThat(typed("./king goal --list").text()).contains("hello");
        assertThat(typed("./king logs").text()).contains("ai.king");
        assertThat(typed("./king stop").text()).contains("stopped");
        assertThat(checkout.type("./king status").status()).isEqualTo(3);
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
        checkout.remove();
        checkout = null;
    }

    /** {@code ./king run} until it stays up; what it said. */
    private String run() throws IOException {
        documented("./king run");
        Path out = Files.createTempFile(checkout.folder(), "run", ".log");
        running = checkout.started(out, "./king", "run", "--port", Integer.toString(port));
        String told = awaitText(() -> Files.readString(out), text -> text.contains("stays up") || !running.isAlive());
        assertThat(told).contains("The platform stays up").doesNotContain("Building");
        return told;
    }

    private void whatIsBusyIsToldPlainly() throws IOException {
        Said second = checkout.type("./king start");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.text()).contains("already runs on " + checkout.data(), "--data DIR", "--port N");
        Path other = Files.createTempDirectory(checkout.folder(), "other");
        Said busy = checkout.type("./king start --data " + other + " --port " + port);
        assertThat(busy.status()).isEqualTo(1);
        assertThat(busy.text()).contains("port " + port + " is in use by another program", "--port N");
        for (Said said : new Said[] {second, busy}) {
            assertThat(said.text()).doesNotContain("    at ");
        }
    }

    private void aPersonDecides() throws IOException {
        assertThat(typed("./king status").text()).contains("health: UP");
        String waiting = typed("./king approve").text();
        assertThat(waiting).contains("743.00", "suppliers.purchase", "S03");
        String approved = typed("./king approve ID", matched(waiting, "king approve " + ID))
                .text();
        assertThat(approved).contains("the request is now APPROVED");
        String goal = matched(approved, "./king goal --show " + ID);
        documented("./king goal --show ID");
        String done = awaitText(
                () -> checkout.type("./king goal --show " + goal).text(), text -> text.contains(goal + "  COMPLETED"));
        assertThat(done).contains("COMPLETED         commerce   stock").contains(".html");
        assertThat(typed("./king approve").text()).contains("Nothing waits for a decision.");
    }

    private void stopsAndRunsAgain() throws Exception {
        assertThat(checkout.type("./king stop").text()).contains("stopped");
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run()).contains("is here already, its records and documents are used again");
    }

    private void aSwap() throws IOException {
        checkout.with("KING_NEW_PASSWORD", BEA).with("KING_PASSWORD", BEA);
        assertThat(typed("./king user add bea --roles operator,developer,approver")
                        .text())
                .contains("--user bea");
        assertThat(checkout.type("./king user").text()).contains("bea");
        assertThat(answer()).isEqualTo("echo: hello");
        Matcher edit = Pattern.compile("(?m)^sed -i .*EchoAgent\\.java$").matcher(checkout.read("README.md"));
        assertThat(edit.find()).as("the README changes echo").isTrue();
        assertThat(checkout.type(edit.group()).status()).isZero();
        String shipped = typed("./king ship bundles/agent/echo --user bea").text();
        assertThat(shipped).contains("READY", "PASS         contract", "PASS         sandbox");
        String proposal = matched(shipped, "proposal " + ID);
        String approval = matched(shipped, "king approve " + ID);
        Said own = checkout.type("./king approve " + approval + " --user bea");
        assertThat(own.status()).isEqualTo(1);
        assertThat(own.text()).contains("nobody decides a proposal of their own");
        assertThat(typed("./king approve ID", approval).text()).contains("now APPROVED");
        awaitText(() -> checkout.type("./king ship --show " + proposal).text(), text -> text.contains("  CANARY  "));
        awaitText(this::answer, "you said: hello"::equals);
        assertThat(awaitText(this::answer, "echo: hello"::equals)).isEqualTo("echo: hello");
        if (Checkout.onPath("ssh")) {
            assertThat(typed("./king shell king:routes").text()).containsPattern("echo .*CANARY");
        }
        assertThat(typed("./king ship --promote ID", proposal).text()).contains(proposal);
        awaitText(() -> checkout.type("./king ship --show " + proposal).text(), text -> text.contains("  COMPLETED  "));
        answersOnly("you said: hello");
        assertThat(typed("./king ship --rollback ID", proposal).text()).contains(proposal);
        awaitText(
                () -> checkout.type("./king ship --show " + proposal).text(), text -> text.contains("  ROLLED_BACK  "));
        answersOnly("echo: hello");
    }

    /** A node takes a change within a second or so. */
    private void answersOnly(String wanted) throws IOException {
        awaitText(this::answer, wanted::equals);
        for (int i = 0; i < 3; i++) {
            assertThat(answer()).isEqualTo(wanted);
        }
    }

    /** What echo answers now. */
    private String answer() {
        return matched(typed("./king task echo \"hello\"").text(), "\"text\": \"([^\"]*)\"");
    }

    /** A command of the README, which must end well. */
    private Said typed(String line) {
        return typed(line, "ID");
    }

    /** The same with the id that stands for {@code ID} in the README. */
    private Said typed(String line, String id) {
        documented(line);
        Said said = checkout.type(line.replaceAll("\\bID\\b", id));
        assertThat(said.status()).as(line + ": " + said.text()).isZero();
        return said;
    }

    private void documented(String line) {
        assertThat(checkout.read("README.md").contains(line))
                .as("the README says " + line)
                .isTrue();
    }

    private static String matched(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern + " in: " + text).isTrue();
        return found.group(1);
    }

    private void standsThere(String file) {
        assertThat(checkout.folder().resolve(file)).isNotEmptyFile();
    }

    private void isForItsOwnerOnly(String file) throws IOException {
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(checkout.folder().resolve(file))))
                .isEqualTo("rw-------");
    }

    /** Something that is said, asked again until it is as wanted. */
    private interface Telling {
        String text() throws IOException;
    }

    private static String awaitText(Telling telling, Predicate<String> wanted) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String text = telling.text();
        while (!wanted.test(text)) {
            assertThat(System.nanoTime()).as("still: " + text).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            text = telling.text();
        }
        return text;
    }
}
