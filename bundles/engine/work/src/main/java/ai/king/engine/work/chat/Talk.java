/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.brain.Intent;
import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.inference.Listener;
import ai.king.work.Conversation.Pending;
import ai.king.work.Exchange;
import ai.king.work.Goals;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a message gets: a figure, a goal, a question back, or words. Stores nothing. */
final class Talk {

    /** What needs no business to be named. */
    private static final Set<Intent.Action> WITHOUT_BUSINESS =
            EnumSet.of(Intent.Action.START_BUSINESS, Intent.Action.PROPOSE_EVOLUTION, Intent.Action.RESEARCH_MARKET);

    private final Understanding understanding;
    private final Answers answers;
    private final Desk desk;
    private final ModelReading reading;
    private final SmallTalk smallTalk;
    private final Businesses businesses;
    private final Meant meant;

    Talk(
            Understanding understanding,
            Answers answers,
            Desk desk,
            ModelReading reading,
            SmallTalk smallTalk,
            Businesses businesses) {
        this.understanding = understanding;
        this.answers = answers;
        this.desk = desk;
        this.reading = reading;
        this.smallTalk = smallTalk;
        this.businesses = businesses;
        this.meant = new Meant(businesses);
    }

    /**
     * Where a message stands.
     *
     * @param given the business that the request names
     * @param known the business that the conversation was about
     * @param before what was said, oldest first
     */
    record Place(
            String conversation,
            @Nullable String given,
            @Nullable String known,
            @Nullable Pending pending,
            List<Exchange> before,
            LocalDate today) {}

    Draft about(String message, Place place, Listener listener) {
        Pending pending = place.pending();
        if (pending != null && pending.kind() == Pending.Kind.CONFIRM && (Orders.yes(message) || Orders.no(message))) {
            return settled(message, pending);
        }
        if (pending != null && pending.kind() == Pending.Kind.BUSINESS) {
            Optional<Business> named =
                    place.given() != null ? businesses.find(place.given()) : meant.named(message, true);
            if (named.isPresent()) {
                Place there = new Place(
                        place.conversation(), named.get().id(), named.get().id(), null, place.before(), place.today());
                return first(pending.text(), there, listener);
            }
        }
        return first(message, place, listener);
    }

    private Draft settled(String message, Pending pending) {
        Intent intent = new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 1);
        if (Orders.no(message)) {
            return Draft.says(Answer.of("Nothing was filed."), intent, pending.businessId());
        }
        return Draft.files(
                Answer.of("Filed as you confirmed."), intent, goal(pending.text(), pending.businessId()), true);
    }

    private static Goals.NewGoal goal(String text, @Nullable String businessId) {
        return new Goals.NewGoal(text, businessId, null, List.of(), false);
    }

    private Draft first(String message, Place place, Listener listener) {
        Question question = Sorting.followUp(Question.of(message, place.today()), place.before());
        if (Orders.votes(message)) {
            Intent vote = new Intent(Intent.Type.COMMAND, Intent.Action.UNKNOWN, Map.of(), 1);
            return Draft.says(desk.approvals(true), vote, place.known());
        }
        Intent intent = Orders.greets(message)
                ? new Intent(Intent.Type.CONVERSATION, Intent.Action.UNKNOWN, Map.of(), 1)
                : understanding.of(message, place.conversation());
        if (Sorting.factual(question, intent)) {
            return answered(question, intent, place);
        }
        Optional<Question> read = Sorting.wanting(question, intent) ? reading.of(question, place) : Optional.empty();
        if (read.isPresent()) {
            return answered(read.get(), intent, place);
        }
        return switch (Sorting.kind(question, intent)) {
            case COMMAND -> ordered(message, intent, place);
            case QUERY -> offered(message, question, intent, place, listener);
            case CONVERSATION -> spoken(message, intent, place, listener);
        };
    }

    private Draft answered(Question question, Intent understood, Place place) {
        Topic topic = question.topic().orElseThrow();
        if (topic.ofPlatform()) {
            Answer answer =
                    switch (topic) {
                        case APPROVALS -> desk.approvals(false);
                        case GOALS -> desk.goals(question);
                        default -> desk.businesses();
                    };
            return Draft.says(answer, intent(understood, topic, Optional.empty(), place), place.known());
        }
        Optional<Business> business = meant.business(question.text(), place);
        if (business.isEmpty()) {
            return which(question.text(), understood);
        }
        Answer answer = answers.of(question, topic, business.get(), place.today());
        Intent intent = intent(understood, topic, Optional.of(question.span(place.today())), place);
        return Draft.says(answer, intent, business.get().id());
    }

    /** A question is of type QUERY, whatever was thought of it; its topic and days are kept for what follows. */
    private static Intent intent(Intent understood, Topic topic, Optional<Span> span, Place place) {
        Map<String, String> parameters = new HashMap<>(understood.parameters());
        parameters.put("topic", topic.name());
        span.ifPresent(days -> {
            parameters.put("from", days.from().toString());
            parameters.put("to", days.to().toString());
        });
        Intent.Action action =
                understood.type() == Intent.Type.QUERY ? understood.action() : Intent.Action.ANALYZE_BUSINESS;
        return new Intent(
                Intent.Type.QUERY,
                topic.ofPlatform() ? Intent.Action.UNKNOWN : action,
                Map.copyOf(parameters),
                Math.max(understood.confidence(), 0.5));
    }

    private Draft which(String message, Intent intent) {
        List<Business> all = businesses.page(null, 20).items();
        if (all.isEmpty()) {
            return Draft.says(
                    Answer.of("No data: there is no business yet. Start one, or import its records."), intent, null);
        }
        StringBuilder text = new StringBuilder("Which business do you mean?");
        all.forEach(one -> text.append("\n- ").append(one.name()));
        Answer answer = new Answer(
                text.toString(),
                List.of(),
                all.stream()
                        .map(one -> new Exchange.Next(
                                Exchange.Kind.BUSINESS,
                                one.id(),
                                one.name(),
                                Map.of("status", one.status().name())))
                        .toList());
        return Draft.asks(answer, intent, new Pending(Pending.Kind.BUSINESS, message, null));
    }

    private Draft ordered(String message, Intent intent, Place place) {
        Optional<Business> business = meant.business(message, place);
        boolean needed = !WITHOUT_BUSINESS.contains(intent.action()) && intent.action() != Intent.Action.UNKNOWN;
        if (needed && business.isEmpty() && !businesses.page(null, 1).items().isEmpty()) {
            return which(message, intent);
        }
        String id = needed || intent.action() == Intent.Action.UNKNOWN
                ? business.map(Business::id).orElse(null)
                : null;
        String about = business.filter(one -> id != null)
                .map(one -> " for " + one.name())
                .orElse("");
        if (intent.action() == Intent.Action.STOP_BUSINESS || Orders.destroys(message)) {
            return confirm("This may end or remove something for good" + about + ".", message, intent, id);
        }
        if (intent.action() == Intent.Action.UNKNOWN) {
            return confirm("I am not sure what is wanted.", message, intent, id);
        }
        String what = intent.action().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Answer answer = new Answer("Filed as a goal" + about + ": " + what + ".", List.of(), desk.waiting());
        return Draft.files(answer, intent, goal(message, id), false);
    }

    private static Draft confirm(String why, String message, Intent intent, @Nullable String businessId) {
        Answer answer = new Answer(
                why + " Nothing is done yet: answer \"yes\" and I file this as a goal for the agents: \""
                        + Desk.shortened(message) + "\".",
                List.of(),
                List.of(new Exchange.Next(Exchange.Kind.CONFIRM, "yes", Desk.shortened(message), Map.of())));
        return Draft.asks(answer, intent, new Pending(Pending.Kind.CONFIRM, message, businessId));
    }

    /** A question that no stored figure answers: agents may, if the person wants. */
    private Draft offered(String message, Question question, Intent intent, Place place, Listener listener) {
        if (intent.action() == Intent.Action.UNKNOWN && question.topic().isEmpty() && !question.judges()) {
            return smallTalk.speaks()
                    ? spoken(message, intent, place, listener)
                    : Draft.says(
                            Answer.of("No data: nothing that is stored answers this. " + SmallTalk.HELP),
                            intent,
                            place.known());
        }
        Intent query = new Intent(Intent.Type.QUERY, intent.action(), intent.parameters(), intent.confidence());
        String id = meant.business(message, place).map(Business::id).orElse(null);
        return confirm("That is no figure I can compute from stored data; agents may work it out.", message, query, id);
    }

    private Draft spoken(String message, Intent intent, Place place, Listener listener) {
        List<Exchange.Next> waiting = desk.waiting();
        String text = smallTalk.reply(
                message,
                facts(place, waiting),
                place.before(),
                place.conversation(),
                Optional.ofNullable(place.known()),
                listener);
        return Draft.spoke(new Answer(text, List.of(), waiting), intent, place.known());
    }

    private String facts(Place place, List<Exchange.Next> waiting) {
        StringBuilder facts = new StringBuilder("Today is " + place.today() + ". ");
        facts.append(desk.businesses().text()).append('\n');
        facts.append("Approvals that wait for people: ").append(waiting.size()).append(".\n");
        return facts.append(SmallTalk.HELP).toString();
    }
}
