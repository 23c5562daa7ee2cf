/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.kit.Configs;
import ai.king.tool.Effect;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.internet.MimeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpProtocolTest {

    private static final Map<String, Object> MAIL = Map.of(
            "to",
            List.of("ann@customer.example", "ben@customer.example"),
            "subject",
            "Grüße",
            "text",
            "Grüße\n.\nEnde");

    private Script script;
    private GreenMail server;

    @BeforeEach
    void open() throws IOException {
        script = new Script();
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        script.close();
        server.stop();
    }

    private SmtpTool tool(int port, Map<String, Object> config) {
        Map<String, Object> all = new HashMap<>(
                Map.of("host", "127.0.0.1", "port", port, "security", "none", "from", "shop@lamps.example", "time", 5));
        all.putAll(config);
        return new SmtpTool(Configs.of(SmtpTool.Config.class, all));
    }

    private static ToolCall call(Map<String, Object> arguments) {
        return new ToolCall("step:hash:0", Optional.empty(), arguments);
    }

    private ToolResult scripted() {
        return tool(script.port(), Map.of()).invoke(call(MAIL));
    }

    @Test
    void sendsAMailThatARealServerUnderstands() throws Exception {
        SmtpTool tool = tool(server.getSmtp().getPort(), Map.of());
        ToolResult result = tool.invoke(call(MAIL));
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        assertThat(((ToolResult.Ok) result).data()).containsEntry("recipients", 2);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(mail.getSubject()).isEqualTo("Grüße");
        assertThat(mail.getContent().toString().strip()).isEqualTo("Grüße\r\n.\r\nEnde");
        assertThat(mail.getFrom()[0].toString()).isEqualTo("shop@lamps.example");
        assertThat(mail.getMessageID()).startsWith("<king.").endsWith("@lamps.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(tool.spec().effect()).isEqualTo(Effect.PUBLISH);
        assertThat(tool.lookup("step:hash:0")).contains(result);
        assertThat(tool.lookup("never")).isEmpty();
    }

    @Test
    void logsInAndSaysWhenItMayNot() {
        server.setUser("shop", "shop", "right");
        Map<String, Object> right = Map.of("user", "shop", ".password", "right");
        Map<String, Object> wrong = Map.of("user", "shop", ".password", "wrong");
        int port = server.getSmtp().getPort();
        assertThat(tool(port, right).invoke(call(MAIL))).isInstanceOf(ToolResult.Ok.class);
        ToolResult refused = tool(port, wrong).invoke(call(MAIL));
        assertThat(refused).isInstanceOf(ToolResult.Missing.class);
        assertThat(refused.toString()).doesNotContain("wrong");
    }

    @Test
    void withoutAServerNothingIsSent() {
        ToolResult result =
                tool(1, Map.of("host", "", "from", "", "user", "shop")).invoke(call(MAIL));
        assertThat(result).isInstanceOf(ToolResult.Missing.class);
        assertThat(result.toString()).contains("host", "from", ".password");
    }

    @Test
    void aServerWithoutTlsGetsNothingWhereItIsRequired() {
        ToolResult result = tool(script.port(), Map.of("security", "starttls")).invoke(call(MAIL));
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(script.heard).noneMatch(line -> line.startsWith("MAIL") || line.startsWith("AUTH"));
    }

    @Test
    void goesOnlyToTheDomainsThatAreAllowed() {
        SmtpTool tool = tool(script.port(), Map.of("domains", new String[] {"lamps.example"}));
        assertThat(tool.invoke(call(MAIL)).toString()).contains("no domain");
        assertThat(script.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@b@c",
                "a b@c.example",
                "<a@c.example>\r\nBcc: x@y.example",
                "a@c.example,b@c.example"
            })
    void anAddressThatIsNoneIsRefusedBeforeAnythingIsSaid(String address) {
        ToolResult result =
                tool(script.port(), Map.of()).invoke(call(Map.of("to", List.of(address), "subject", "x", "text", "y")));
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(script.heard).isEmpty();
    }

    @Test
    void aSubjectOfTwoLinesIsRefused() {
        Map<String, Object> mail =
                Map.of("to", List.of("a@c.example"), "subject", "x\r\nBcc: all@c.example", "text", "y");
        assertThat(tool(script.port(), Map.of()).invoke(call(mail))).isInstanceOf(ToolResult.Failed.class);
        assertThat(script.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 421 busy, Failed", "MAIL, 451 later, retriable=true", "MAIL, 550 no, retriable=false",
        "RCPT, 550 nobody here, retriable=false", "DATA, 452 full, retriable=true", "., 451 later, retriable=true",
        "., 554 spam, retriable=false"
    })
    void saysWhatARefusalMeans(String command, String answer, String meaning) {
        script.answer(command, answer);
        assertThat(scripted().toString()).contains("Failed", meaning);
    }

    @Test
    void aMailWhoseAnswerIsLostIsUnclear() {
        script.answer(".", "");
        assertThat(scripted()).isInstanceOf(ToolResult.Unknown.class);
    }

    @Test
    void aBadGoodByeDoesNotUndoAMail() {
        script.answer("QUIT", "");
        assertThat(scripted()).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void noServerIsRetriable() throws IOException {
        script.close();
        assertThat(scripted().toString()).contains("Failed", "retriable=true");
    }
}
