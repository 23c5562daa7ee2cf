/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.business.Playbook;
import ai.king.business.PlaybookReader;
import ai.king.business.PlaybookRefused;
import ai.king.engine.evolution.check.Answer;
import ai.king.evolution.Finding;
import ai.king.evolution.Release.Item;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a playbook is asked: can it be read, are its agents in the release, do its steps and budgets work out. */
public final class PlaybookQuestions {

    private final Supplier<Optional<PlaybookReader>> reader;

    public PlaybookQuestions(Supplier<Optional<PlaybookReader>> reader) {
        this.reader = reader;
    }

    List<Finding> ask(PlaybookText text, List<Item> release) {
        return List.of(Questions.timed("playbook", () -> answer(text, release)));
    }

    private Answer answer(PlaybookText text, List<Item> release) {
        if (text.text(release).equals(Optional.of(text.yaml()))) {
            return Answer.of(List.of("it changes nothing"), "");
        }
        Optional<PlaybookReader> there = reader.get();
        if (there.isEmpty()) {
            return Answer.notAssessed("nothing on this node reads playbooks");
        }
        Set<String> agents = release.stream()
                .filter(item -> item.type().equals("Agent"))
                .map(Item::name)
                .collect(Collectors.toSet());
        try {
            Playbook playbook = there.get().read(text.yaml(), agents::contains);
            int steps = playbook.stages().stream()
                    .mapToInt(stage -> stage.steps().size())
                    .sum();
            return Answer.pass(playbook.stages().size() + " stages, " + steps + " steps, may spend "
                    + playbook.total().toPlainString() + " in all");
        } catch (PlaybookRefused e) {
            return Answer.of(
                    e.faults().stream().map(PlaybookRefused.Fault::toString).toList(), "");
        }
    }
}
