/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Role;
import ai.king.business.Businesses;
import ai.king.inference.Listener;
import ai.king.work.Conversation;
import ai.king.work.Conversations;
import ai.king.work.Conversations.Said;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.Future;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** Conversations: each person's own, nobody reads another's. */
@Path("/chat")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ChatResource {

    /** Only for who asks for it. */
    static final String STREAM = "text/event-stream;qs=0.5";

    /** Characters of a message at most. */
    static final int MESSAGE_LIMIT = 20_000;

    private final Engines engines;
    private final KeepAlive keepAlive;

    ChatResource(Engines engines, KeepAlive keepAlive) {
        this.engines = engines;
        this.keepAlive = keepAlive;
    }

    /** A message; without a conversation it begins one, without a business its words tell which one is meant. */
    public record NewMessage(@Nullable String message, @Nullable String conversationId, @Nullable String businessId) {}

    /** A conversation without what was said in it. */
    public record ConversationView(String id, @Nullable String businessId, Instant createdAt, Instant lastAt) {
        static ConversationView of(Conversation conversation) {
            return new ConversationView(
                    conversation.id(), conversation.businessId(), conversation.createdAt(), conversation.lastAt());
        }
    }

    @POST
    @Needs(Role.OPERATOR)
    @Says("Says something and answers once the reply is whole")
    public ChatView say(NewMessage body, @Context Caller caller) {
        return ChatView.of(conversations().say(caller.identity(), said(body, caller), Listener.none()));
    }

    /** The same while the reply is made; what is wrong with the message is still told by the status. */
    @POST
    @Produces(ChatResource.STREAM)
    @Needs(Role.OPERATOR)
    @Says(value = "Says something and streams the reply", repeatable = false, type = String.class)
    public StreamingOutput stream(NewMessage body, @Context Caller caller) {
        Conversations conversations = conversations();
        Said said = said(body, caller);
        return out -> {
            ChatStream stream = new ChatStream(out);
            stream.open();
            Future<?> comments = keepAlive.each(stream::keepAlive);
            try {
                stream.done(ChatView.of(conversations.say(caller.identity(), said, stream)));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (RuntimeException e) {
                stream.problem(Problems.of(e));
            } finally {
                comments.cancel(false);
            }
        };
    }

    private Said said(NewMessage body, Caller caller) {
        new Checks()
                .needed(body.message(), "/message")
                .atMost(body.message(), MESSAGE_LIMIT, "/message")
                .expect(
                        body.businessId() == null
                                || engines.get(Businesses.class)
                                        .find(body.businessId())
                                        .isPresent(),
                        "/businessId",
                        "no such business")
                .pass();
        if (body.conversationId() != null) {
            find(body.conversationId(), caller);
        }
        return new Said(String.valueOf(body.message()), body.conversationId(), body.businessId());
    }

    @GET
    @Needs(Role.OPERATOR)
    @Says("One's own conversations, newest first")
    public Items<ConversationView> list(
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context Caller caller) {
        Slice slice = Slice.of(cursor, limit);
        return Items.of(conversations().page(caller.identity(), slice.cursor(), slice.limit()), ConversationView::of);
    }

    @GET
    @Path("/{id}")
    @Needs(Role.OPERATOR)
    @Says("What was said in one of one's own conversations, newest first")
    public Items<ChatView> get(
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit,
            @Context Caller caller) {
        find(id, caller);
        Slice slice = Slice.of(cursor, limit);
        return Items.of(conversations().exchanges(caller.identity(), id, slice.cursor(), slice.limit()), ChatView::of);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.OPERATOR)
    @Says(value = "Removes one of one's own conversations with all that was said in it", status = 204)
    public void forget(@PathParam("id") String id, @Context Caller caller) {
        find(id, caller);
        conversations().forget(caller.identity(), id);
    }

    private Conversation find(String id, Caller caller) {
        return conversations().find(caller.identity(), id).orElseThrow(() -> Refusal.unknown("conversation", id));
    }

    private Conversations conversations() {
        return engines.get(Conversations.class);
    }
}
