/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Listener;
import ai.king.inference.Prompt;
import ai.king.inference.Reply;
import ai.king.inference.Window;
import ai.king.inferences.Inferences.Need;
import ai.king.inferences.Inferences.Paid;
import ai.king.plug.Plugs;
import ai.king.signals.Signals;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks one backend after the other until one answers, or nobody is left. */
final class Chats {

    private static final Set<String> GRAVE = Set.of("HIGH", "CRITICAL");

    private final Plugs plugs;
    private final Signals signals;
    private final Candidates candidates;
    private final Breakers breakers;
    private final Budget budget;
    private final Adapters adapters;
    private final Prefixes prefixes = new Prefixes();
    private final Order order = new Order(prefixes);

    Chats(Plugs plugs, Signals signals, Candidates candidates, Breakers breakers, Budget budget, Adapters adapters) {
        this.plugs = plugs;
        this.signals = signals;
        this.candidates = candidates;
        this.breakers = breakers;
        this.budget = budget;
        this.adapters = adapters;
    }

    Reply chat(Prompt prompt, Need need, Listener listener, Consumer<Paid> paid) {
        List<Long> marks = Prefixes.marks(prompt);
        List<Candidate> able = able(prompt, need, marks);
        if (able.isEmpty()) {
            String what = prompt.model()
                    .map(model -> "no backend serves the model " + model)
                    .orElse("no backend that chats is installed");
            return new Reply.Unavailable(what, false, Optional.empty());
        }
        Attempt attempt = new Attempt(plugs, signals, prompt, need, listener, paid, adapters);
        Causes causes = new Causes();
        for (Candidate candidate : able) {
            Optional<Reply> last = ask(candidate, attempt, causes, marks);
            if (last.isPresent()) {
                return last.get();
            }
        }
        return causes.together();
    }

    /** The window of the backend that would be asked first now. */
    Window window(Need need) {
        return candidates.all().stream()
                .filter(candidate -> candidate.status().chats() && candidates.hopeful(candidate))
                .min(rule(need).thenComparing(Candidate::name))
                .map(Candidate::window)
                .orElseGet(Window::usual);
    }

    private static Comparator<Candidate> rule(Need need) {
        boolean grave = GRAVE.contains(need.risk()) || need.requiresAccuracy();
        return grave ? Candidate.BY_TIER : Candidate.BY_COST;
    }

    private List<Candidate> able(Prompt prompt, Need need, List<Long> marks) {
        List<Candidate> able = candidates.all().stream()
                .filter(candidate -> candidate.status().chats())
                .filter(candidate -> prompt.model()
                        .map(candidate.status().models()::contains)
                        .orElse(true))
                .toList();
        return order.of(able, rule(need), marks);
    }

    /** The reply that ends the search, or empty with one cause more. */
    private Optional<Reply> ask(Candidate candidate, Attempt attempt, Causes causes, List<Long> marks) {
        String name = candidate.name();
        Breaker breaker = breakers.of(name);
        if (!candidate.status().healthy()) {
            causes.add(name, candidate.status().detail(), OptionalLong.empty());
            return Optional.empty();
        }
        if (!breaker.permits()) {
            causes.add(name, "is left alone after failures", OptionalLong.of(breaker.secondsLeft()));
            return Optional.empty();
        }
        Budget.Reserved reserved = attempt.reserve(budget, candidate);
        if (reserved.refusal().isPresent()) {
            breaker.undecided();
            Reply.Unavailable no = reserved.refusal().get();
            causes.add(name, no.reason(), seconds(no));
            return reserved.everywhere() ? Optional.of(no) : Optional.empty();
        }
        return told(name, counted(candidate, attempt, breaker, reserved, marks), attempt, causes);
    }

    private Reply counted(
            Candidate candidate, Attempt attempt, Breaker breaker, Budget.Reserved reserved, List<Long> marks) {
        AtomicInteger calls = candidates.calls(candidate.name());
        calls.incrementAndGet();
        try {
            prefixes.note(candidate.name(), marks);
            return attempt.ask(candidate, breaker, reserved);
        } finally {
            calls.decrementAndGet();
        }
    }

    private static Optional<Reply> told(String name, Reply reply, Attempt attempt, Causes causes) {
        if (!(reply instanceof Reply.Unavailable no)) {
            return Optional.of(reply);
        }
        if (attempt.over() || attempt.begun() || !no.retriable()) {
            return Optional.of(
                    new Reply.Unavailable(name + ": " + no.reason(), no.retriable(), no.retryAfterSeconds()));
        }
        causes.add(name, no.reason(), seconds(no));
        return Optional.empty();
    }

    private static OptionalLong seconds(Reply.Unavailable no) {
        return no.retryAfterSeconds().map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
