/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolName;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sends one mail over the site's mail server. A mail server tells nobody what it sent, so a lost answer stays unclear. */
@Component(configurationPid = "ai.king.tool.smtp", configurationPolicy = REQUIRE, property = "king.reaches=smtp://*")
@Designate(ocd = SmtpTool.Config.class, factory = true)
@ToolName("smtp.send")
public final class SmtpTool implements Tool {

    @ObjectClassDefinition(name = "Mail tool", description = "Sends mail over the site's mail server")
    @interface Config {
        @AttributeDefinition(description = "Host of the mail server")
        String host() default "";

        @AttributeDefinition(description = "Port of the mail server")
        int port() default 587;

        @AttributeDefinition(description = "starttls: required before anything is said; tls: from the first byte; none")
        String security() default "starttls";

        @AttributeDefinition(description = "User at the mail server; empty: no log-in")
        String user() default "";

        @AttributeDefinition(
                description = "Password of the user, as $[secret:name] or $[env:NAME]",
                type = AttributeType.PASSWORD)
        String _password() default "";

        @AttributeDefinition(description = "Address that mails come from")
        String from() default "";

        @AttributeDefinition(description = "Domains a mail may go to; empty: every domain")
        String[] domains() default {};

        @AttributeDefinition(description = "Longest silence of the mail server, in seconds")
        int time() default 15;
    }

    private static final int REMEMBERED = 1000;

    private static final ToolSpec SPEC = ToolSpec.of(
            "smtp.send",
            "Sends a mail in plain text.",
            """
            {"type":"object","additionalProperties":false,"required":["to","subject","text"],"properties":{
              "to":{"type":"array","minItems":1,"maxItems":50,"uniqueItems":true,
                "items":{"type":"string","maxLength":254,"pattern":"^[^\\\\s<>,;\\"]+@[^\\\\s<>,;\\"@]+$"}},
              "subject":{"type":"string","minLength":1,"maxLength":200,"pattern":"^[^\\\\r\\\\n]+$"},
              "text":{"type":"string","minLength":1,"maxLength":100000},
              "replyTo":{"type":"string","maxLength":254,"pattern":"^[^\\\\s<>,;\\"]+@[^\\\\s<>,;\\"@]+$"}}}
            """,
            Effect.PUBLISH);

    private final List<String> missing = new ArrayList<>();
    private final List<String> domains;
    private final Mailbox mailbox;
    private final Map<String, ToolResult> sent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ToolResult> eldest) {
            return size() > REMEMBERED;
        }
    };

    @Activate
    public SmtpTool(Config config) {
        if (config.host().isBlank()) {
            missing.add("a mail server: option host of ai.king.tool.smtp");
        }
        if (config.from().isBlank()) {
            missing.add("an address that mails come from: option from of ai.king.tool.smtp");
        }
        if (!config.user().isBlank() && config._password().isBlank()) {
            missing.add("the password of " + config.user() + ": option .password of ai.king.tool.smtp, as $[env:NAME]");
        }
        domains = List.of(config.domains());
        mailbox = new Mailbox(new Mailbox.Server(
                config.host(),
                config.port(),
                Mailbox.Security.valueOf(config.security().toUpperCase(java.util.Locale.ROOT)),
                config.user(),
                config._password(),
                config.from(),
                config.time() * 1000));
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        if (!missing.isEmpty()) {
            return new ToolResult.Missing(missing);
        }
        synchronized (sent) {
            ToolResult before = sent.get(call.key());
            if (before != null) {
                return before;
            }
        }
        try {
            Letter letter = Letter.of(call.key(), call.arguments());
            Optional<String> foreign =
                    letter.to().stream().filter(to -> !allowed(to)).findFirst();
            if (foreign.isPresent()) {
                return new ToolResult.Failed(foreign.get() + " is in no domain that mails may go to", false);
            }
            ToolResult result = mailbox.send(letter);
            if (result instanceof ToolResult.Ok) {
                synchronized (sent) {
                    sent.put(call.key(), result);
                }
            }
            return result;
        } catch (MessagingException | IllegalArgumentException e) {
            return new ToolResult.Failed("this is no mail: " + e.getMessage(), false);
        }
    }

    private boolean allowed(String to) {
        String domain = to.substring(to.lastIndexOf('@') + 1);
        return domains.isEmpty() || domains.stream().anyMatch(domain::equalsIgnoreCase);
    }

    @Override
    public Optional<ToolResult> lookup(String key) {
        synchronized (sent) {
            return Optional.ofNullable(sent.get(key));
        }
    }
}
