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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServletRequest;
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
public final class ChatPage extends FormPage {
    private static final long serialVersionUID = 1;

    static final String LABEL = "king-chat";

    /** What a form of this page is sealed for. */
    private static final String MATTER = "chat";

    private static final int MESSAGE = 20_000;
    private static final int EXCHANGES = 50;
    private static final int CONVERSATIONS = 8;

    private final transient Conversations conversations;
    private final transient Transcript transcript = new Transcript();

    @Activate
    public ChatPage(@Reference Users users, @Reference Conversations conversations) {
        super(users, "chat");
        this.conversations = conversations;
    }

    @Override
    void write(Html page, Identity person, HttpServletRequest request) {
        if (!person.has(Role.OPERATOR)) {
            note(page, "note bad", "Chatting needs the role operator.");
            return;
        }
        Optional<Conversation> open = conversations.find(person, Console.parameter(request, "c"));
        transcript.top(page, person, known(person), open);
        Transcript.Form form = new Transcript.Form(
                open.map(Conversation::id).orElse(""),
                seal(person, MATTER),
                UUID.randomUUID().toString());
        open.ifPresent(conversation -> transcript.exchanges(
                page,
                conversations
                        .exchanges(person, conversation.id(), null, EXCHANGES)
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
    String matter(HttpServletRequest request) {
        return MATTER;
    }

    /** A form that is sent twice says its message once. */
    @Override
    String act(Identity person, HttpServletRequest request) {
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
        String where = LABEL + "?c=" + encoded(conversation);
        return said.isEmpty()
                ? where + "#last"
                : where + "&" + Answered.refused(said).query();
    }
}
