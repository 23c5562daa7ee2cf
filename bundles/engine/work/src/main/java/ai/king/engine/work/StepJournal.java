/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.gate.Action;
import ai.king.gate.Gate;
import ai.king.gate.Verdict;
import ai.king.store.Actor;
import ai.king.store.DuplicateRow;
import ai.king.store.Json;
import ai.king.store.StaleRow;
import ai.king.store.Store;
import ai.king.store.StoreUnavailable;
import ai.king.store.Tx;
import ai.king.work.Call;
import ai.king.work.Goal;
import ai.king.work.Journal;
import ai.king.work.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recorded calls of one running step. Used by the performing thread; who started it may stop it from another one. Its
 * monitor is held over every write, and taken before any transaction that stores its answers.
 */
final class StepJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(StepJournal.class);

    /** Cheap values that nothing outside depends on: stored with the next write instead of one of their own. */
    private static final Set<String> WITH_THE_NEXT = Set.of("now", "random", "records", "generation", "can_chat");

    private static final int MOST_NOTES = 200;

    /** Why a step does not go on here. */
    enum Stop {
        GOING,
        PAUSED,
        CANCELLED,
        LOST,
        ABANDONED
    }

    private final Store store;
    private final Gate gate;
    private final Goal goal;
    private final Actor actor;
    private final Places places;
    private final Unstored unstored;
    private final LateAnswers late;
    private volatile Step step;
    private volatile Stop stop = Stop.GOING;
    private volatile boolean marked;
    private @Nullable String generation;
    private volatile @Nullable String version;
    private int notes;

    /** @param earlier calls recorded when the step ran before */
    StepJournal(Store store, Gate gate, LateAnswers late, Goal goal, Step step, List<Call> earlier) {
        this.store = store;
        this.late = late;
        this.unstored = new Unstored(gate, goal);
        this.gate = gate;
        this.goal = goal;
        this.step = step;
        this.marked = step.marked();
        this.actor = Actor.ai(step.agent());
        this.places = new Places(store, goal, step, earlier);
    }

    @Override
    public void performedBy(String agentGeneration, String agentVersion) {
        generation = agentGeneration;
        version = agentVersion;
    }

    @Override
    public Goal goal() {
        return goal;
    }

    @Override
    public Step step() {
        // The mark holds from the moment it is made; the row hears of it with the next write.
        return marked && !step.marked() ? StepEdit.of(step).marked(true).row() : step;
    }

    /** The step as it is stored, about to change. */
    StepEdit edit() {
        return StepEdit.of(step).marked(marked);
    }

    Stop stopped() {
        return stop;
    }

    /** The step is over for the worker, whatever its agent still does. */
    void stop(Stop why) {
        stop = why;
    }

    @Override
    public Opened open(String tool, Map<String, Object> arguments, Optional<Action> action, String toolGeneration) {
        return open("", tool, arguments, action, toolGeneration);
    }

    Opened open(
            String scope, String tool, Map<String, Object> arguments, Optional<Action> action, String toolGeneration) {
        goOn();
        boolean effect = action.filter(a -> a.effect().changes()).isPresent();
        Call call = places.next(scope, tool, arguments, effect, toolGeneration);
        Call earlier = places.earlier(call);
        if (earlier != null) {
            boolean answered = earlier.state() == Call.State.DONE || earlier.state() == Call.State.NOT_DONE;
            if (answered && earlier.result() != null) {
                return new Opened.Replayed(earlier.result());
            }
            if (earlier.state() != Call.State.NOT_DONE) {
                if (gate.paused()) {
                    throw fenced(Stop.PAUSED, "effects are paused");
                }
                return new Opened.InDoubt(earlier);
            }
        }
        if (action.isEmpty()) {
            return new Opened.Fresh(call);
        }
        if (gate.paused()) {
            throw fenced(Stop.PAUSED, "effects are paused");
        }
        Action judged = withKey(action.get(), call.idempotencyKey());
        return call.effect() ? openEffect(call, Optional.ofNullable(earlier), judged) : openRead(call, judged);
    }

    private Action withKey(Action a, String callKey) {
        return new Action(
                callKey,
                a.goalId(),
                a.stepId(),
                a.tool(),
                a.description(),
                a.effect(),
                a.arguments(),
                a.amount(),
                a.payee(),
                a.businessId(),
                a.profiles(),
                a.risk(),
                // Of a look outside only the caller knows whether it can tell anybody anything.
                a.marked() || marked && a.effect().changes(),
                a.requestedBy());
    }

    private Opened openRead(Call call, Action action) {
        if (gate.foresee(action) instanceof Verdict.Allow) {
            return new Opened.Fresh(call);
        }
        return write(tx -> {
            going(tx);
            Verdict verdict = gate.judge(tx, action);
            if (verdict instanceof Verdict.Allow) {
                tx.record("call.allowed", call.idempotencyKey(), Map.of("tool", call.tool()));
                return new Opened.Fresh(call);
            }
            return held(tx, call, verdict);
        });
    }

    private Opened openEffect(Call call, Optional<Call> earlier, Action action) {
        Opened opened = write(tx -> {
            going(tx);
            Verdict verdict = gate.judge(tx, action);
            if (!(verdict instanceof Verdict.Allow)) {
                return held(tx, call, verdict);
            }
            unstored.all(tx);
            Call intended = earlier.isPresent() ? tx.update(CallEdit.again(call, earlier.get())) : tx.insert(call);
            if (step.generation() == null && generation != null || marked && !step.marked()) {
                step = StepEdit.of(step)
                        .madeBy(step.generation() == null ? generation : step.generation())
                        .marked(marked)
                        .store(tx);
            }
            tx.record(
                    "call.intended",
                    call.idempotencyKey(),
                    Map.of("tool", call.tool(), "goalId", goal.id(), "arguments", Json.digest(call.arguments())));
            return new Opened.Fresh(intended);
        });
        if (opened instanceof Opened.Fresh) {
            FaultPoint.CALL_INTENDED.hit();
        } else {
            FaultPoint.CALL_HELD.hit();
        }
        return opened;
    }

    private Opened held(Tx tx, Call call, Verdict verdict) {
        if (verdict instanceof Verdict.Ask ask) {
            unstored.all(tx);
            step = StepEdit.of(step)
                    .waitsForApproval(ask.approval().id())
                    .marked(marked)
                    .version(version)
                    .store(tx);
            Happenings.step(tx, goal, step, "step.waiting_approval");
        } else if (verdict instanceof Verdict.Deny deny) {
            tx.record("call.denied", call.idempotencyKey(), Map.of("tool", call.tool(), "reason", deny.reason()));
        }
        return new Opened.Held(verdict);
    }

    @Override
    public void done(Call call, Map<String, Object> result) {
        if (call.effect()) {
            FaultPoint.CALL_SENT.hit();
        }
        keep(CallEdit.done(call, result, store.clock().instant()));
    }

    @Override
    public void notDone(Call call, Map<String, Object> answer) {
        keep(CallEdit.notDone(call, answer, store.clock().instant()));
    }

    /** An answer is stored with the step's next write or by itself soon: most steps end right after their last call. */
    private void keep(Call answered) {
        synchronized (this) {
            notLost();
            unstored.answer(answered);
        }
        late.store(this);
    }

    /** Stores the answers that wait; calls under way end also when the goal was paused or cancelled meanwhile. */
    synchronized void storeAnswers() {
        if (unstored.answered()) {
            write(tx -> {
                mine(tx);
                unstored.all(tx);
                return goal;
            });
        }
    }

    /** Stores the answers that wait in a transaction that checks the fence itself; its caller holds this journal's monitor. */
    void answers(Tx tx) {
        unstored.answers(tx);
    }

    @Override
    public void unknown(Call call, String reason) {
        write(tx -> {
            GoalRows.guard(tx, goal);
            unstored.all(tx);
            tx.update(CallEdit.unknown(call));
            Step now = tx.lock(Step.class, step.id()).orElse(step);
            if (!now.status().ended()) {
                List<String> missing = List.of("whether " + call.tool() + " happened: " + reason);
                step = StepEdit.of(now)
                        .waitsForInput(missing, null)
                        .marked(marked)
                        .version(version)
                        .store(tx);
                Happenings.step(tx, goal, step, "step.waiting_input");
            }
            tx.record("call.unknown", call.idempotencyKey(), Map.of("tool", call.tool(), "goalId", goal.id()));
            return step;
        });
    }

    @Override
    public Map<String, Object> recorded(
            String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        return recorded("", what, arguments, value);
    }

    Map<String, Object> recorded(
            String scope, String what, Map<String, Object> arguments, Supplier<Map<String, Object>> value) {
        Opened opened = open(scope, what, arguments, Optional.empty(), "");
        if (opened instanceof Opened.Replayed replayed) {
            return replayed.result();
        }
        if (!(opened instanceof Opened.Fresh fresh)) {
            throw new IllegalStateException("a recorded value is neither there nor new: " + what);
        }
        Map<String, Object> result = value.get();
        if (WITH_THE_NEXT.contains(what)) {
            synchronized (this) {
                unstored.value(CallEdit.done(fresh.call(), result, store.clock().instant()));
            }
        } else {
            done(fresh.call(), result);
        }
        return result;
    }

    @Override
    public void note(String text) {
        note("", text);
    }

    void note(String scope, String text) {
        if (++notes > MOST_NOTES) {
            return;
        }
        Opened opened = open(scope, "note", Map.of("text", text), Optional.empty(), "");
        if (opened instanceof Opened.Fresh fresh) {
            write(tx -> {
                mine(tx);
                unstored.all(tx);
                tx.insert(CallEdit.done(fresh.call(), Map.of(), tx.now()));
                Happenings.note(tx, goal, step, text);
                return text;
            });
        }
    }

    @Override
    public Journal within(Call handedOn) {
        return new InnerJournal(this, handedOn.key() + ":" + handedOn.nth());
    }

    @Override
    public void mark() {
        marked = true;
    }

    /** Nothing is stored unless the goal is still this worker's; it may have ended. */
    private void mine(Tx tx) {
        tx.require(Goal.class, goal.id(), Map.of("fence", goal.fence()));
    }

    /** Nothing is stored unless the goal is still this worker's and goes on. */
    private void going(Tx tx) {
        tx.require(Goal.class, goal.id(), Map.of("fence", goal.fence(), "status", Progress.GOING));
    }

    private void goOn() {
        if (stop != Stop.GOING) {
            throw new Fenced("the step was stopped: " + stop);
        }
    }

    private Fenced fenced(Stop why, String message) {
        stop = why;
        return new Fenced(message);
    }

    private void notLost() {
        if (stop == Stop.ABANDONED || stop == Stop.LOST) {
            throw new Fenced("the step was stopped: " + stop);
        }
    }

    private synchronized <T> T write(Function<Tx, T> work) {
        notLost();
        try {
            return store.write(actor, work);
        } catch (Fenced e) {
            throw lost(e);
        } catch (StaleRow e) {
            if (ended()) {
                throw fenced(Stop.CANCELLED, "goal " + goal.id() + " has ended");
            }
            throw lost(new Fenced("step " + step.id() + " is no longer this node's: " + e.getMessage()));
        } catch (StoreUnavailable | DuplicateRow e) {
            // Not the agent's failure: what happened outside is not stored, so the step is taken up again and asks for
            // it.
            LOG.warn("Step {} stops here: {}", step.id(), e.getMessage());
            throw lost(new Fenced("the store did not take a write of step " + step.id()));
        }
    }

    private boolean ended() {
        return store.read(reader -> reader.find(Goal.class, goal.id()))
                .filter(now -> now.fence() == goal.fence() && now.status().ended())
                .isPresent();
    }

    private Fenced lost(Fenced why) {
        if (stop == Stop.GOING) {
            stop = Stop.LOST;
            FaultPoint.LEASE_LOST.hit();
        }
        return why;
    }
}
