/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.access.Identity;
import ai.king.business.Businesses;
import ai.king.engine.work.Brains;
import ai.king.gate.Approvals;
import ai.king.inference.Listener;
import ai.king.inferences.Inferences;
import ai.king.plug.Plugs;
import ai.king.store.Page;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Conversation;
import ai.king.work.Conversations;
import ai.king.work.Exchange;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Conversations as a service: who may read them, what is kept of them, and that a goal and its reply are stored together. */
@Component(immediate = true)
public final class ChatEngine implements Conversations {

    private static final int LONGEST = 20_000;
    private static final int REMEMBERED = 20;

    private final Store store;
    private final Goals goals;
    private final Businesses businesses;
    private final Talk talk;

    @Activate
    public ChatEngine(
            @Reference Store store,
            @Reference Goals goals,
            @Reference Approvals approvals,
            @Reference Businesses businesses,
            @Reference Plugs plugs,
            @Reference Inferences inferences) {
        this.store = store;
        this.goals = goals;
        this.businesses = businesses;
        talk = new Talk(
                new Understanding(new Brains(plugs, inferences)),
                new Answers(store, businesses),
                new Desk(goals, approvals, businesses),
                new ModelReading(inferences),
                new SmallTalk(inferences),
                businesses);
    }

    @Override
    public Exchange say(Identity person, Said said, Listener listener) {
        check(said);
        Optional<Conversation> conversation = Optional.ofNullable(said.conversationId())
                .map(id -> find(person, id).orElseThrow(() -> unknown(id)));
        String id = conversation.map(Conversation::id).orElseGet(store::newId);
        Draft draft = talk.about(
                said.message(),
                new Talk.Place(
                        id,
                        said.businessId(),
                        conversation.map(Conversation::businessId).orElse(null),
                        conversation.map(Conversation::pending).orElse(null),
                        conversation.map(known -> latest(known.id())).orElse(List.of()),
                        LocalDate.ofInstant(store.clock().instant(), ZoneOffset.UTC)),
                listener);
        Exchange stored =
                store.write(person.actor(), tx -> keep(tx, person, said, id, conversation.orElse(null), draft));
        if (!draft.spoken()) {
            listener.onText(stored.reply());
        }
        return stored;
    }

    private void check(Said said) {
        if (said.message().isBlank()) {
            throw new IllegalArgumentException("a message needs a text");
        }
        if (said.message().codePointCount(0, said.message().length()) > LONGEST) {
            throw new IllegalArgumentException("a message has at most " + LONGEST + " characters");
        }
        String business = said.businessId();
        if (business != null && businesses.find(business).isEmpty()) {
            throw new IllegalArgumentException("there is no business " + business);
        }
    }

    private Exchange keep(Tx tx, Identity person, Said said, String id, @Nullable Conversation before, Draft draft) {
        Exchange exchange = new Exchange(
                store.newId(),
                id,
                said.message(),
                draft.answer().text().strip(),
                draft.intent(),
                null,
                draft.answer().next(),
                draft.answer().sources(),
                tx.now(),
                0);
        Conversation now = before == null
                ? new Conversation(id, person.name(), null, null, tx.now(), tx.now(), 0)
                : locked(tx, before, draft);
        tx.record("chat.said", exchange.id(), Map.of("conversation", id));
        Conversation changed = new Conversation(
                now.id(),
                now.person(),
                draft.businessId() == null ? now.businessId() : draft.businessId(),
                draft.pending(),
                now.createdAt(),
                tx.now(),
                now.version());
        if (before == null) {
            tx.insert(changed);
        } else {
            tx.update(changed);
        }
        return tx.insert(draft.goal() == null ? exchange : filed(exchange, goals.submit(tx.actor(), draft.goal())));
    }

    /** A confirmation counts once: of two at the same time one finds its question gone. */
    private Conversation locked(Tx tx, Conversation before, Draft draft) {
        Conversation now = tx.lock(Conversation.class, before.id()).orElseThrow(() -> unknown(before.id()));
        if (draft.settles() && !Objects.equals(now.pending(), before.pending())) {
            throw new IllegalStateException("this was answered already");
        }
        return now;
    }

    private static Exchange filed(Exchange exchange, Goal goal) {
        List<Exchange.Next> next = new ArrayList<>(List.of(Desk.next(goal)));
        next.addAll(exchange.actions());
        return new Exchange(
                exchange.id(),
                exchange.conversationId(),
                exchange.message(),
                exchange.reply() + " Goal " + goal.id() + ", /api/v1/goals/" + goal.id() + ".",
                exchange.intent(),
                goal.id(),
                List.copyOf(next),
                exchange.sources(),
                exchange.at(),
                exchange.version());
    }

    private List<Exchange> latest(String conversation) {
        List<Exchange> found = new ArrayList<>(store.read(reader -> reader.page(Query.of(Exchange.class)
                        .where("conversationId", conversation)
                        .page(null, REMEMBERED)))
                .items());
        Collections.reverse(found);
        return found;
    }

    @Override
    public Optional<Conversation> find(Identity person, String id) {
        return store.read(reader -> reader.find(Conversation.class, id))
                .filter(found -> found.person().equals(person.name()));
    }

    @Override
    public Page<Conversation> page(Identity person, @Nullable String cursor, int limit) {
        return store.read(reader -> reader.page(
                Query.of(Conversation.class).where("person", person.name()).page(cursor, limit)));
    }

    @Override
    public Page<Exchange> exchanges(Identity person, String conversationId, @Nullable String cursor, int limit) {
        Conversation own = find(person, conversationId).orElseThrow(() -> unknown(conversationId));
        return store.read(reader -> reader.page(
                Query.of(Exchange.class).where("conversationId", own.id()).page(cursor, limit)));
    }

    @Override
    public Optional<Exchange> exchange(Identity person, String id) {
        return store.read(reader -> reader.find(Exchange.class, id))
                .filter(found -> find(person, found.conversationId()).isPresent());
    }

    @Override
    public void forget(Identity person, String id) {
        Conversation own = find(person, id).orElseThrow(() -> unknown(id));
        store.write(person.actor(), tx -> {
            tx.execute("exchange", "delete from exchange where conversation_id = ?", own.id());
            tx.delete(Conversation.class, own.id());
            tx.record("chat.forgotten", own.id(), Map.of());
            return own;
        });
    }

    private static NoSuchElementException unknown(String id) {
        return new NoSuchElementException("there is no conversation " + id);
    }
}
