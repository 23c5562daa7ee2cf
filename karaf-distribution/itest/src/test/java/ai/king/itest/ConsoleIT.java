/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** What a person does in the web console and reads in a report, with a real Chromium on the running platform. */
public class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path PICTURES = Path.of("target", "pictures");

    private static Node node;
    private static Api admin;
    private static String business;
    private static String goal;

    private ChromeDriver browser;

    @BeforeClass
    public static void start() throws IOException {
        assumeTrue(
                "no Chromium: apt-get install chromium chromium-driver", Files.exists(BROWSER) && Files.exists(DRIVER));
        node = Node.start(Map.of());
        admin = Api.admin(node);
        business = Sample.into(admin);
        goal = admin.post("/goals", Map.of("text", Sample.goal(), "businessId", business))
                .path("id")
                .asText();
        admin.awaitStatus("/goals/" + goal, PATIENCE, "WAITING_APPROVAL");
    }

    @AfterClass
    public static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Before
    public void open() throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1200,1500",
                "--user-data-dir=" + Files.createTempDirectory("king-browser"));
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        browser.executeCdpCommand("Network.enable", Map.of());
        String basic = Base64.getEncoder().encodeToString(("admin:" + Node.PASSWORD).getBytes(StandardCharsets.UTF_8));
        browser.executeCdpCommand(
                "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", "Basic " + basic)));
    }

    @After
    public void close() {
        browser.quit();
    }

    @Test
    public void aPersonReadsWhatWaitsApprovesItAndTheGoalGoesOn() throws IOException {
        browser.get(node.uri("/system/console/king").toString());
        WebElement question = browser.findElement(By.cssSelector(".king article"));
        assertThat(question.getText()).contains("743.00").contains("suppliers.purchase");
        picture("console.png");
        question.findElement(By.cssSelector("button.yes")).click();
        awaitText("Counted: the approval is now APPROVED.");
        JsonNode done = admin.awaitStatus("/goals/" + goal, PATIENCE, "COMPLETED");
        assertThat(done.path("plan").path("steps"))
                .allMatch(step -> step.path("status").asText().equals("COMPLETED"));
        browser.get(node.uri("/system/console/king").toString());
        assertThat(browser.findElement(By.cssSelector(".king")).getText()).contains("Nothing waits.");
    }

    @Test
    public void thePriceChangePassesUnderModerateAndAsksUnderConservative() throws IOException {
        String text = Sample.goal();
        assertThat(steps(admin.get("/goals/" + goal), "commerce", "price")).isEqualTo("COMPLETED");
        // Under moderate the prices were raised already; put one back, so that there is something to change.
        admin.upload(
                "/businesses/" + business + "/records?kind=products",
                "text/csv",
                Sample.FOLDER.resolve("products.csv"));
        String careful = admin.post(
                        "/goals", Map.of("text", text, "businessId", business, "riskProfile", "conservative"))
                .path("id")
                .asText();
        JsonNode waiting = admin.await("/goals/" + careful, PATIENCE, found -> steps(found, "commerce", "price")
                .equals("WAITING_APPROVAL"));
        assertThat(waiting.path("status").asText()).isIn("WAITING_APPROVAL", "RUNNING");
        admin.post("/goals/" + careful + "/cancel", Map.of());
    }

    private static String steps(JsonNode found, String agent, String action) {
        for (JsonNode step : found.path("plan").path("steps")) {
            if (step.path("agent").asText().equals(agent)
                    && step.path("action").asText().equals(action)) {
                return step.path("status").asText();
            }
        }
        return "";
    }

    @Test
    public void aPersonPausesThePlatformAndLetsItWorkAgain() throws IOException {
        browser.get(node.uri("/system/console/king").toString());
        browser.findElement(By.partialLinkText("Pause")).click();
        awaitText("Pause the platform?");
        picture("pause.png");
        browser.findElement(By.cssSelector(".king form button.no")).click();
        awaitText("Paused: nothing starts any more");
        assertThat(admin.get("/system").path("paused").asBoolean()).isTrue();
        picture("paused.png");
        browser.findElement(By.partialLinkText("Resume")).click();
        awaitText("Let it work again?");
        browser.findElement(By.cssSelector(".king form button.yes")).click();
        awaitText("Resumed: what was queued goes on.");
        assertThat(admin.get("/system").path("paused").asBoolean()).isFalse();
    }

    @Test
    public void theReportShowsChartsAndItsSourcesAndLoadsNothingFromElsewhere() throws IOException {
        browser.get(node.uri("/api/v1/goals/" + goal + "/report").toString());
        assertThat(browser.findElements(By.cssSelector("svg"))).hasSizeGreaterThan(3);
        assertThat(browser.findElement(By.tagName("body")).getText())
                .contains("orders")
                .contains("743.00");
        Object foreign = browser.executeScript("return performance.getEntriesByType('resource')"
                + ".filter(e => !e.name.startsWith(location.origin)).map(e => e.name)");
        assertThat((List<?>) foreign).isEmpty();
        picture("report.png");
    }

    @Test
    public void aPersonAsksInTheChatAndReadsTheAnswer() throws IOException {
        browser.get(node.uri("/system/console/king-chat").toString());
        browser.findElement(By.cssSelector(".king textarea")).sendKeys("Which approvals wait?");
        browser.findElement(By.cssSelector(".king form button.yes")).click();
        awaitText("Which approvals wait?");
        assertThat(browser.findElement(By.cssSelector(".king article .answer")).getText())
                .contains("wait");
        picture("chat.png");
    }

    @Test
    public void aPersonReadsAProposalWholeApprovesItSeesItsTrialAndEndsIt() throws IOException {
        String path = "/evolution/proposals/" + proposal();
        String page = "/system/console/king-proposals?id=" + path.substring(path.lastIndexOf('/') + 1);
        JsonNode approval = admin.get("/approvals/"
                + admin.awaitStatus(path, PATIENCE, "READY").path("approvalId").asText());
        browser.get(node.uri(page).toString());
        assertThat(browser.findElement(By.cssSelector(".king pre.text"))
                        .getText()
                        .strip())
                .as("exactly what the vote covers")
                .isEqualTo(approval.path("payload").path("text").asText().strip());
        assertThat(text()).contains("Findings", approval.path("payloadSha256").asText());
        picture("proposal.png");
        browser.findElement(By.cssSelector(".king form button.yes")).click();
        awaitText("Counted: the approval is now APPROVED.");
        admin.awaitStatus(path, PATIENCE, "CANARY");
        for (int i = 0; i < 30; i++) {
            admin.post("/agents/analytics/tasks", Map.of("task", "analyze", "businessId", business));
        }
        browser.get(node.uri(page).toString());
        awaitText("Trial");
        assertThat(browser.findElements(By.cssSelector(".king svg.bars rect"))).hasSize(6);
        picture("trial.png");
        browser.get(node.uri("/system/console/king-nodes").toString());
        assertThat(browser.findElement(By.cssSelector(".king .badge.canary")).getText())
                .isEqualTo("canary");
        picture("nodes.png");
        browser.get(node.uri(page).toString());
        browser.findElement(By.partialLinkText("Abort the trial")).click();
        browser.findElement(By.cssSelector(".king form button.no")).click();
        awaitText("Done: the proposal is now ROLLED_BACK.");
        admin.awaitStatus(path, PATIENCE, "ROLLED_BACK");
        browser.get(node.uri("/system/console/king-history").toString());
        assertThat(text()).contains("release-1");
        picture("history.png");
    }

    private String text() {
        return browser.findElement(By.cssSelector(".king")).getText();
    }

    /** Of somebody else than the person at the browser, who may therefore decide it. */
    private static String proposal() {
        admin.post(
                "/users",
                Map.of("name", "dev", "password", "third-Password-3", "roles", List.of("developer", "viewer")));
        Map<String, Object> change =
                Map.of("plug", "ai.king.agent.analytics", "name", "analytics", "values", Map.of("alert.days", "30"));
        return new Api(node, "dev", "third-Password-3")
                .post(
                        "/evolution/proposals",
                        Map.of(
                                "kind", "CONFIGURATION",
                                "title", "Alert on thirty days",
                                "description", "A week is too short",
                                "change", change))
                .path("id")
                .asText();
    }

    @Test
    public void nothingInTheConsoleFailsInTheBrowser() {
        for (String page : List.of("king", "king-chat", "king-proposals", "king-history", "king-nodes")) {
            browser.get(node.uri("/system/console/" + page).toString());
        }
        assertThat(browser.manage().logs().get("browser").getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
                // Karaf's own console asks for an icon that it does not have.
                .filteredOn(entry -> !entry.getMessage().contains("favicon.ico"))
                .isEmpty();
    }

    /** The page a form leads to may still be on its way when the click returns. */
    private void awaitText(String wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String seen = "";
        while (!seen.contains(wanted)) {
            assertThat(System.nanoTime()).as(wanted + " in: " + seen).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            seen = String.valueOf(browser.executeScript("return document.body ? document.body.innerText : ''"));
        }
    }

    private void picture(String name) throws IOException {
        File shot = browser.getScreenshotAs(OutputType.FILE);
        Files.copy(shot.toPath(), Files.createDirectories(PICTURES).resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
