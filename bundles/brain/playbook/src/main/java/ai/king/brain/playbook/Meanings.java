/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import ai.king.brain.IntentClassifier;
import ai.king.brain.Mind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Classifies by meaning: what the nearest examples want, and UNKNOWN where they are not sure enough. */
final class Meanings implements IntentClassifier {

    /** How sure it is that no action is to be named, where the words alone say so. */
    private static final double SURE = 0.9;

    private final List<Example> examples;
    private final double bar;
    private final double destructiveBar;
    private final AtomicReference<@Nullable Neighbours> learned = new AtomicReference<>();

    /**
     * @param bar confidence from which an action is named
     * @param destructiveBar the same for what cannot be undone, and for a sentence among others
     */
    Meanings(List<Example> examples, double bar, double destructiveBar) {
        this.examples = examples;
        this.bar = bar;
        this.destructiveBar = destructiveBar;
    }

    /** Empty when no backend embeds. */
    @Override
    public Optional<Intent> classify(String text, Mind mind) {
        Utterance utterance = new Utterance(text);
        if (utterance.whole().isEmpty()) {
            return Optional.of(new Intent(Intent.Type.CONVERSATION, Intent.Action.UNKNOWN, Map.of(), 1));
        }
        if (utterance.overreaches()) {
            Intent.Type type = utterance.asks() ? Intent.Type.QUERY : Intent.Type.COMMAND;
            return Optional.of(new Intent(type, Intent.Action.UNKNOWN, Map.of(), SURE));
        }
        // The first example travels along: its vector tells whether the model is the one the examples were learned by.
        return mind.embed(List.of(examples.get(0).text(), utterance.whole()))
                .flatMap(vectors -> neighbours(vectors.get(0), mind).map(neighbours -> {
                    Neighbours.Verdict whole = neighbours.judge(vectors.get(1), utterance);
                    return (sure(whole, utterance) ? Optional.of(whole) : bySentence(utterance, neighbours, mind))
                            .map(verdict -> intent(verdict, utterance))
                            .orElseGet(() -> unknown(whole, utterance));
                }));
    }

    private Optional<Neighbours> neighbours(float[] first, Mind mind) {
        Neighbours present = learned.get();
        if (present != null && present.know(first)) {
            return Optional.of(present);
        }
        return learn(first, mind);
    }

    /** One caller learns, the others wait for what it learned: it takes a second. */
    private synchronized Optional<Neighbours> learn(float[] first, Mind mind) {
        Neighbours present = learned.get();
        if (present != null && present.know(first)) {
            return Optional.of(present);
        }
        Optional<Neighbours> fresh = Learned.shipped(examples)
                .map(vectors -> new Neighbours(examples, vectors))
                .filter(neighbours -> neighbours.know(first))
                .or(() -> mind.embed(examples.stream().map(Example::text).toList())
                        .map(vectors -> new Neighbours(examples, vectors)));
        fresh.ifPresent(learned::set);
        return fresh;
    }

    private boolean sure(Neighbours.Verdict verdict, Utterance utterance) {
        boolean careful = Destructive.is(verdict.action()) || utterance.terse();
        return verdict.confidence() >= (careful ? destructiveBar : bar);
    }

    /** A text of many sentences wants what the first very clear one wants, for the others may turn it; never anything destructive. */
    private Optional<Neighbours.Verdict> bySentence(Utterance utterance, Neighbours neighbours, Mind mind) {
        List<String> sentences = utterance.sentences();
        if (sentences.isEmpty()) {
            return Optional.empty();
        }
        List<float[]> vectors = mind.embed(sentences).orElse(List.of());
        return IntStream.range(0, vectors.size())
                .filter(i -> !new Utterance(sentences.get(i)).terse())
                .mapToObj(i -> neighbours.judge(vectors.get(i), new Utterance(sentences.get(i))))
                .filter(verdict -> verdict.confidence() >= destructiveBar)
                .filter(verdict -> verdict.action() != Intent.Action.UNKNOWN && !Destructive.is(verdict.action()))
                .findFirst();
    }

    private static Intent intent(Neighbours.Verdict verdict, Utterance utterance) {
        return new Intent(type(verdict, utterance), verdict.action(), utterance.parameters(), verdict.confidence());
    }

    private static Intent unknown(Neighbours.Verdict verdict, Utterance utterance) {
        return new Intent(type(verdict, utterance), Intent.Action.UNKNOWN, Map.of(), 1 - verdict.confidence());
    }

    private static Intent.Type type(Neighbours.Verdict verdict, Utterance utterance) {
        if (verdict.type() == Intent.Type.CONVERSATION || utterance.polite()) {
            return verdict.type();
        }
        return utterance.asks() ? Intent.Type.QUERY : Intent.Type.COMMAND;
    }
}
