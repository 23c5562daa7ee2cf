/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.smtp;

import ai.king.tool.ToolResult;
import com.sun.mail.smtp.SMTPAddressFailedException;
import com.sun.mail.smtp.SMTPSendFailedException;
import com.sun.mail.smtp.SMTPSenderFailedException;
import com.sun.mail.smtp.SMTPTransport;
import com.sun.mail.util.MailConnectException;
import com.sun.mail.util.SocketConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.activation.DataHandler;
import javax.mail.AuthenticationFailedException;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.SendFailedException;
import javax.mail.Session;
import javax.mail.URLName;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.util.ByteArrayDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection for one mail; and what the answers of a mail server mean. */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Server server;

    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /** @param silence milliseconds */
    record Server(String host, int port, Security security, String user, String password, String from, int silence) {}

    Mailbox(Server server) {
        this.server = server;
    }

    ToolResult send(Letter letter) throws MessagingException {
        Session session = Session.getInstance(properties());
        MimeMessage message = message(session, letter);
        URLName name = new URLName("smtp", server.host(), server.port(), null, null, null);
        // The transport is made here and not looked up: look-ups of Jakarta Mail depend on the thread's class loader.
        SMTPTransport transport = new Transport(session, name);
        try {
            transport.connect(server.host(), server.port(), user(), user() == null ? null : server.password());
            return sent(transport, message, letter);
        } catch (AuthenticationFailedException e) {
            return new ToolResult.Missing(List.of("a user that the mail server lets in: it refuses " + server.user()));
        } catch (MessagingException e) {
            return new ToolResult.Failed("the mail server cannot be used: " + safe(e), retriable(e));
        } finally {
            goodBye(transport);
        }
    }

    private static void goodBye(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            // What was sent has its answer already; how the server ends the connection changes nothing.
            LOG.debug("The mail server ended the connection: {}", e.getMessage());
        }
    }

    private static ToolResult sent(SMTPTransport transport, MimeMessage message, Letter letter) {
        try {
            transport.sendMessage(message, message.getAllRecipients());
            return ok(letter);
        } catch (SMTPSendFailedException | SMTPSenderFailedException e) {
            int code = e instanceof SMTPSendFailedException failed
                    ? failed.getReturnCode()
                    : ((SMTPSenderFailedException) e).getReturnCode();
            // Without an answer to the mail's last line nobody knows whether it was taken.
            return code < 0
                    ? new ToolResult.Unknown("the mail server did not answer: " + safe(e))
                    : new ToolResult.Failed("the mail server refuses it: " + safe(e), code / 100 == 4);
        } catch (SendFailedException e) {
            return new ToolResult.Failed("the mail server refuses an address: " + refused(e), false);
        } catch (MessagingException e) {
            return new ToolResult.Unknown("the connection to the mail server broke: " + safe(e));
        }
    }

    private static ToolResult ok(Letter letter) {
        return ToolResult.ok(Map.of("id", letter.id(), "recipients", letter.to().size()));
    }

    private static String refused(SendFailedException e) {
        for (Exception next = e.getNextException();
                next != null;
                next = next instanceof MessagingException more ? more.getNextException() : null) {
            if (next instanceof SMTPAddressFailedException failed) {
                return failed.getAddress() + ", " + failed.getReturnCode();
            }
        }
        return safe(e);
    }

    private MimeMessage message(Session session, Letter letter) throws MessagingException {
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                String domain = server.from().substring(server.from().lastIndexOf('@') + 1);
                setHeader("Message-ID", "<" + letter.id() + "@" + domain + ">");
            }
        };
        message.setFrom(new InternetAddress(server.from(), true));
        for (String to : letter.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        }
        if (letter.replyTo().isPresent()) {
            message.setReplyTo(
                    new InternetAddress[] {new InternetAddress(letter.replyTo().get(), true)});
        }
        message.setSubject(letter.subject(), "UTF-8");
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated");
        // A source of bytes needs none of the handlers that are looked up by class loader.
        message.setDataHandler(new DataHandler(
                new ByteArrayDataSource(letter.text().getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8")));
        message.saveChanges();
        return message;
    }

    private Properties properties() {
        Properties all = new Properties();
        all.setProperty("mail.smtp.connectiontimeout", Integer.toString(server.silence()));
        all.setProperty("mail.smtp.timeout", Integer.toString(server.silence()));
        all.setProperty("mail.smtp.auth", Boolean.toString(user() != null));
        all.setProperty("mail.smtp.sendpartial", "false");
        all.setProperty("mail.smtp.quitwait", "true");
        all.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        all.setProperty("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        all.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        all.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        all.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        return all;
    }

    private @org.jspecify.annotations.Nullable String user() {
        return server.user().isBlank() ? null : server.user();
    }

    private static boolean retriable(MessagingException e) {
        return e instanceof MailConnectException
                || e.getNextException() instanceof SocketConnectException
                || e.getNextException() instanceof java.io.IOException;
    }

    private static String safe(Exception e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        return text.length() <= 300 ? text : text.substring(0, 300);
    }

    /** Opens the constructor, which the provider look-up would call otherwise. */
    private static final class Transport extends SMTPTransport {
        Transport(Session session, URLName name) {
            super(session, name);
        }
    }
}
