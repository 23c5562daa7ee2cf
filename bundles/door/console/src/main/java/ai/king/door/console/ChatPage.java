/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.inference.Listener;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.StaleRow;
import ai.king.store.StoreUnavailable;
import ai.king.work.Conversation;
import ai.king.work.Conversations;
import ai.king.work.Exchange;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The chat of the web console: a question is typed, the answer stands with its source, goals and approvals that wait are
 * linked. Approvals are decided on the page that shows all of them, not here.
 */
@Component(
        service = Servlet.class,
        property = {
            "felix.webconsole.label=" + ChatPage.LABEL,
            "felix.webconsole.title=Chat",
            "felix.webconsole.category=King AI"
        })
public final class ChatPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king-chat";

    /** What a form of this page is sealed for. */
    private static final String MATTER = "chat";

    private static final int MESSAGE = 20_000;
    private static final int EXCHANGES = 50;
    private static final int CONVERSATIONS = 8;

    private final transient Users users;
    private final transient Conversations conversations;
    private final transient Transcript transcript = new Transcript();
    private final transient Seal seal = new Seal();

    @Activate
    public ChatPage(@Reference Users users, @Reference Conversations conversations) {
        this.users = users;
        this.conversations = conversations;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        Html page = new Html();
        transcript.style(page);
        try {
            write(page, request);
        } catch (StoreUnavailable e) {
            page.raw("<p class=\"note bad\">The store does not answer: ")
                    .text(e.getMessage())
                    .raw("</p>");
        }
        response.getWriter().write(page.raw("</div>").toString());
    }

    private void write(Html page, HttpServletRequest request) {
        Optional<Identity> person = Console.person(request, users);
        String said = request.getParameter("said");
        if (said != null) {
            page.raw("<p class=\"note bad\">").text(said).raw("</p>");
        }
        if (person.isEmpty() || !person.get().has(Role.OPERATOR)) {
            page.raw("<p class=\"note bad\">Chatting needs the role operator.</p>");
            return;
        }
        Optional<Conversation> open = conversations.find(person.get(), Console.parameter(request, "c"));
        transcript.top(page, person.get(), known(person.get()), open);
        Transcript.Form form = new Transcript.Form(
                open.map(Conversation::id).orElse(""),
                seal.of(person.get().name(), MATTER),
                UUID.randomUUID().toString());
        open.ifPresent(conversation -> transcript.exchanges(
                page,
                conversations
                        .exchanges(person.get(), conversation.id(), null, EXCHANGES)
                        .items(),
                form));
        transcript.ask(page, form, open.isEmpty());
    }

    /** Own conversations with what was said in each of them last. */
    private Map<String, String> known(Identity person) {
        Map<String, String> known = new LinkedHashMap<>();
        conversations.page(person, null, CONVERSATIONS).items().forEach(one -> conversations
                .exchanges(person, one.id(), null, 1)
                .items()
                .forEach(last -> known.put(one.id(), last.message())));
        return known;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Identity> person = Console.person(request, users);
        if (person.isEmpty()
                || !seal.fits(Console.parameter(request, "seal"), person.get().name(), MATTER)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "this form was not made for you; load the page again");
            return;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", say(person.get(), request));
    }

    /** Where to go then; a form that is sent twice says its message once. */
    private String say(Identity person, HttpServletRequest request) {
        String conversation = Console.parameter(request, "c");
        String message = Console.parameter(request, "message").strip();
        if (!person.has(Role.OPERATOR)) {
            return at(conversation, "Nothing was said: this needs the role operator.");
        }
        if (message.isEmpty() || message.codePointCount(0, message.length()) > MESSAGE) {
            return at(conversation, "A message has 1 to " + MESSAGE + " characters.");
        }
        Actor.RequestKey once = new Actor.RequestKey(
                person.name() + " console " + Json.sha256(Console.parameter(request, "once")), Json.sha256(message));
        try {
            Exchange answer = conversations.say(
                    person.with(once),
                    new Conversations.Said(message, empty(conversation), empty(Console.parameter(request, "business"))),
                    Listener.none());
            return at(answer.conversationId(), "");
        } catch (DuplicateRow e) {
            return at(conversation, "");
        } catch (StaleRow | IllegalStateException e) {
            return at(conversation, "This was answered already.");
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return at("", "Nothing was said: " + e.getMessage());
        } catch (StoreUnavailable e) {
            return at(conversation, "Nothing was said: the store does not answer.");
        }
    }

    private static @Nullable String empty(String value) {
        return value.isEmpty() ? null : value;
    }

    /** The page of a conversation, at its last answer; or with what went wrong. */
    private static String at(String conversation, String said) {
        String where = LABEL + "?c=" + URLEncoder.encode(conversation, StandardCharsets.UTF_8);
        return said.isEmpty() ? where + "#last" : where + "&said=" + URLEncoder.encode(said, StandardCharsets.UTF_8);
    }
}
