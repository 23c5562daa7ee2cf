/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.agent.Source;
import ai.king.inference.Listener;
import ai.king.work.Conversations;
import ai.king.work.Exchange;
import java.io.PrintStream;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;

/** Says something to the platform and goes on with the conversation of this session. */
@Service
@Command(scope = "king", name = "chat", description = "Asks or orders in words; the answer names its source")
public final class ChatCommand implements Action {

    /** Where the session keeps which conversation it is in. */
    private static final String CONVERSATION = "king.chat.conversation";

    private static final int LINE = 2_000;

    @Reference
    @Nullable
    Users users;

    @Reference
    @Nullable
    Conversations conversations;

    @Reference
    @Nullable
    Session session;

    @Argument(index = 0, name = "text", description = "The question or the order", required = true)
    String text = "";

    @Option(name = "-b", aliases = "--business", description = "The business that it is about, by its id")
    @Nullable
    String business;

    @Option(name = "-n", aliases = "--new", description = "Begins another conversation")
    boolean fresh;

    @Override
    public @Nullable Object execute() {
        Identity person = Person.with(Objects.requireNonNull(users), Role.OPERATOR);
        Session here = Objects.requireNonNull(session);
        Object kept = fresh ? null : here.get(CONVERSATION);
        String conversation = kept instanceof String id
                        && Objects.requireNonNull(conversations)
                                .find(person, id)
                                .isPresent()
                ? id
                : null;
        Exchange answer = Objects.requireNonNull(conversations)
                .say(person, new Conversations.Said(text, conversation, business), Listener.none());
        here.put(CONVERSATION, answer.conversationId());
        print(Print.to(here), answer);
        return null;
    }

    private static void print(PrintStream out, Exchange answer) {
        answer.reply().lines().forEach(line -> out.println(Print.line(line, LINE)));
        for (Source source : answer.sources()) {
            if (source instanceof Source.Rows rows) {
                out.println("  source: " + rows.count() + " rows of " + Print.text(rows.kind()) + ", "
                        + Print.text(rows.filter()));
            } else if (source instanceof Source.Formula formula) {
                out.println("  source: " + Print.text(formula.text()));
            }
        }
        for (Exchange.Next next : answer.actions()) {
            String what = Print.text(next.title());
            out.println(
                    switch (next.kind()) {
                        case APPROVAL -> "  waits: " + what + "  king:approve " + next.id();
                        case GOAL -> "  goal: " + what + "  king:goal " + next.id();
                        case CONFIRM -> "  confirm with: king:chat " + next.id();
                        case BUSINESS -> "  business: " + what + "  -b " + next.id();
                    });
        }
    }
}
