/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.engine.evolution.watch.Facts;
import ai.king.engine.evolution.watch.Reckoning;
import ai.king.engine.evolution.watch.Remedies;
import ai.king.engine.evolution.watch.Remedy;
import ai.king.engine.evolution.watch.Symptom;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Expectation;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.store.Tx;
import ai.king.work.Goal;
import ai.king.work.Goals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One look after the other: what became of what was proposed, what is worst now, and what can plausibly help. */
final class Watch {

    private static final Actor AI = Actor.system(Intake.AI);
    private static final String WRITER = "code";

    /** Releases looked back through for what an agent was before. */
    private static final int LOOK_BACK = 50;

    private final Store store;
    private final Writes writes;
    private final Goals goals;
    private final Intake intake;
    private final Change.Jars jars;
    private final Settings settings;

    /**
     * How it looks.
     *
     * @param window that a look goes back
     * @param again in which the same is not proposed twice
     */
    record Settings(Duration window, int mostSteps, Symptom.Limits limits, Reckoning reckoning, Duration again) {}

    /** What is to be filed. */
    private record Choice(Symptom symptom, Remedy remedy) {}

    Watch(Store store, Goals goals, Intake intake, Change.Jars jars, Settings settings) {
        this.store = store;
        this.writes = new Writes(store);
        this.goals = goals;
        this.intake = intake;
        this.jars = jars;
        this.settings = settings;
    }

    /** Looks once; what it saw. */
    Facts look() {
        for (Expectation expected : store.read(Expectations::open)) {
            reckon(expected);
        }
        Facts facts = Facts.since(store, store.clock().instant().minus(settings.window()), settings.mostSteps());
        List<Symptom> symptoms = Symptom.of(facts.deeds(), settings.limits());
        List<Release> releases = store.read(Watch::releases);
        Remedies remedies = new Remedies(facts, releases, jars, this::source, settings.limits(), settings.reckoning());
        List<Choice> choices = symptoms.stream()
                .map(symptom -> new Choice(
                        symptom, remedy(symptom, remedies, releases.get(0).items())))
                .toList();
        writes.write(AI, tx -> file(tx, facts, choices));
        return facts;
    }

    private Remedy remedy(Symptom symptom, Remedies remedies, List<Item> items) {
        if (!fresh(symptom)) {
            return new Remedy.None(
                    "that was proposed in the last " + settings.again().toDays() + " days");
        }
        Remedy remedy = remedies.of(symptom);
        boolean written = remedy instanceof Remedy.Write || remedy instanceof Remedy.Rewrite;
        return written && !there(items, WRITER)
                ? new Remedy.None("there is no agent " + WRITER + " to write it")
                : remedy;
    }

    /** The permanent release, then what it was made from. */
    private static List<Release> releases(Reader reader) {
        List<Release> releases = new ArrayList<>(List.of(Releases.permanent(reader)));
        while (releases.size() < LOOK_BACK) {
            Optional<Release> parent =
                    Releases.find(reader, releases.get(releases.size() - 1).parent());
            if (parent.isEmpty()) {
                break;
            }
            releases.add(parent.get());
        }
        return releases;
    }

    /** Of what was proposed as source; the same bytes have the same source. */
    private Optional<Map<String, String>> source(String bundle) {
        return store
                .read(reader -> reader.list(Query.of(Proposal.class)
                        .where("kind", Proposal.Kind.SOURCE)
                        .where("bundle", bundle)))
                .stream()
                .findFirst()
                .map(proposal -> SourceFiles.of(proposal).files());
    }

    private static boolean there(List<Item> items, String agent) {
        return items.stream()
                .anyMatch(item -> item.type().equals("Agent") && item.name().equals(agent));
    }

    /** Not what was proposed lately: people decided it, or it is measured still. */
    private boolean fresh(Symptom symptom) {
        String since = Expectations.day(store.clock().instant().minus(settings.again()))
                .toString();
        return store
                .read(reader -> reader.list(Query.of(Expectation.class)
                        .where("metric", symptom.metric().name())
                        .where("id", Query.Comparison.GREATER_OR_EQUAL, since)))
                .stream()
                .noneMatch(before -> before.subject().equals(symptom.subject()));
    }

    /** At most one a UTC day of the database: whoever holds the pointer is alone, and the day is the key. */
    private Optional<Expectation> file(Tx tx, Facts facts, List<Choice> choices) {
        Releases.lock(tx);
        String day = Expectations.day(tx.now()).toString();
        boolean late = Intake.ofToday(tx).isPresent() || today(tx, day);
        Optional<Expectation> filed = choices.stream()
                .filter(choice -> !late && !(choice.remedy() instanceof Remedy.None))
                .findFirst()
                .map(choice -> filed(tx, day, facts, choice));
        tx.record(
                "evolution.watched",
                "watch/" + day,
                Map.of(
                        "steps", facts.deeds().size(),
                        "symptoms", choices.stream().map(Watch::told).toList(),
                        "proposed", filed.map(Expectation::hypothesis).orElse(""),
                        "dayIsUsed", late));
        if (filed.isEmpty() && !choices.isEmpty()) {
            tx.enqueue(
                    "evolution.noticed",
                    Map.of("worst", told(choices.get(0).symptom()), "why", why(choices.get(0), late)),
                    "global");
        }
        return filed;
    }

    /** Why nothing was proposed for it. */
    private static String why(Choice choice, boolean late) {
        return choice.remedy() instanceof Remedy.None none ? none.why() : late ? "today's one proposal is made" : "";
    }

    private static String told(Choice choice) {
        String why = why(choice, false);
        return told(choice.symptom()) + (why.isEmpty() ? "" : ": nothing is proposed, because " + why);
    }

    private static boolean today(Tx tx, String day) {
        return !tx.list(Query.of(Expectation.class).where("id", Query.Comparison.GREATER_OR_EQUAL, day))
                .isEmpty();
    }

    private static String told(Symptom symptom) {
        return symptom.metric().of(symptom.subject()) + ": " + symptom.measure().value() + " "
                + symptom.metric().unit() + " of " + symptom.measure().samples();
    }

    private Expectation filed(Tx tx, String day, Facts facts, Choice choice) {
        if (choice.remedy() instanceof Remedy.Configure change) {
            Expectation expected = tx.insert(expectation(day, facts, choice, change.hypothesis(), null));
            Proposal proposal = intake.takeFromAi("watch/" + day, configuration(change, expected));
            return tx.update(expected.proposed(proposal.id()));
        }
        if (choice.remedy() instanceof Remedy.Rewrite change) {
            Goal goal = goals.submitTask(
                    Actor.ai(Intake.AI),
                    WRITER,
                    change.action(),
                    change.wish(),
                    Map.of(
                            "propose",
                            true,
                            "findings",
                            change.findings(),
                            "source",
                            Map.of("plug", change.plug(), "files", change.files())),
                    null);
            return tx.insert(expectation(day, facts, choice, change.hypothesis(), goal.id()));
        }
        Remedy.Write skill = (Remedy.Write) choice.remedy();
        Goal goal = goals.submitTask(
                Actor.ai(Intake.AI),
                WRITER,
                "create",
                "Agents lack a skill that goals asked for and nobody could do: " + skill.skill()
                        + ". Propose an agent that has it.",
                Map.of("propose", true),
                null);
        return tx.insert(expectation(
                day,
                facts,
                choice,
                "An agent with this skill does what nobody here can do: " + skill.skill(),
                goal.id()));
    }

    private static NewProposal configuration(Remedy.Configure change, Expectation expected) {
        Item item = change.item();
        return new NewProposal(
                Proposal.Kind.CONFIGURATION,
                item.type() + " " + item.name() + ": " + change.title(),
                Expectations.told(expected),
                Map.of("plug", item.plug(), "name", item.name(), "values", change.values()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Expectation expectation(String day, Facts facts, Choice choice, String hypothesis, @Nullable String goal) {
        Symptom symptom = choice.symptom();
        return new Expectation(
                day,
                symptom.metric().name(),
                symptom.subject(),
                hypothesis,
                symptom.metric().unit(),
                symptom.measure().value(),
                symptom.measure().samples(),
                settings.limits().samples(),
                facts.from(),
                facts.until(),
                goal,
                null,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** What became of it, as soon as that can be told. */
    private void reckon(Expectation expected) {
        Optional<Proposal> proposal = Optional.ofNullable(expected.proposalId())
                .flatMap(id -> store.read(reader -> reader.find(Proposal.class, id)));
        if (proposal.isEmpty() ? nothingCame(expected) : Expectations.gone(proposal.get())) {
            writes.write(AI, tx -> Expectations.ended(tx, Expectations.notRun(expected, tx.now())));
        } else if (proposal.isPresent() && proposal.get().status() == Status.COMPLETED) {
            Instant since = proposal.get().statusSince();
            Facts after = Facts.since(store, since, settings.mostSteps());
            settings.reckoning()
                    .of(expected, after, since)
                    .ifPresent(result -> writes.write(
                            AI,
                            tx -> Expectations.ended(
                                    tx,
                                    expected.ended(
                                            result.outcome(),
                                            result.measure()
                                                    .map(now -> now.value())
                                                    .orElse(null),
                                            result.measure()
                                                    .map(now -> now.samples())
                                                    .orElse(0),
                                            since,
                                            tx.now()))));
        }
    }

    /** Its goal is over, or gone, and proposed nothing. */
    private boolean nothingCame(Expectation expected) {
        String goal = expected.goalId();
        return goal == null
                || store.read(reader -> reader.find(Goal.class, goal))
                        .filter(one -> !one.status().ended())
                        .isEmpty();
    }
}
