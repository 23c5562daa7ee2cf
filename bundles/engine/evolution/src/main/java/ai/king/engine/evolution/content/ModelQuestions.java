/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.engine.evolution.check.Answer;
import ai.king.evolution.Finding;
import ai.king.evolution.Release.Item;
import ai.king.inferences.Inferences;
import ai.king.inferences.Inferences.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the share of an adapter is asked: does its backend exist and serve it, is there a share to give. */
public final class ModelQuestions {

    private final Supplier<Optional<Inferences>> inferences;

    public ModelQuestions(Supplier<Optional<Inferences>> inferences) {
        this.inferences = inferences;
    }

    List<Finding> ask(ModelShare share, List<Item> release) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Questions.timed("share", () -> share(share, release)));
        findings.add(Questions.timed("adapter", () -> adapter(share, release)));
        return findings;
    }

    private static Answer share(ModelShare share, List<Item> release) {
        if (share.before(release).equals(Optional.of(share.weight()))) {
            return Answer.of(List.of("it changes nothing"), "");
        }
        try {
            share.apply(release);
        } catch (IllegalArgumentException e) {
            return Answer.of(List.of(String.valueOf(e.getMessage())), "");
        }
        return Answer.pass("the adapters of " + share.backend() + " share its goals with what it is configured for");
    }

    private Answer adapter(ModelShare share, List<Item> release) {
        List<String> backends = release.stream()
                .filter(item -> item.type().equals("InferenceBackend"))
                .map(Item::name)
                .sorted()
                .toList();
        if (!backends.contains(share.backend())) {
            return Answer.of(
                    List.of("no backend " + share.backend() + " is in the release: there are " + backends), "");
        }
        if (share.weight() == 0) {
            return Answer.pass("takes it out of service");
        }
        Optional<Inferences> there = inferences.get();
        if (there.isEmpty()) {
            return Answer.notAssessed("no inference engine runs on this node");
        }
        Optional<Backend> backend = there.get().backends().stream()
                .filter(one -> one.name().equals(share.backend()))
                .findFirst();
        if (backend.isEmpty() || backend.get().models().isEmpty()) {
            return Answer.notAssessed("the backend " + share.backend() + " does not say what it serves: "
                    + backend.map(Backend::detail).orElse("it is not there"));
        }
        if (!backend.get().models().contains(share.adapter())) {
            return Answer.of(
                    List.of("the backend " + share.backend() + " serves no " + share.adapter() + ": it serves "
                            + backend.get().models()),
                    "");
        }
        return Answer.pass(share.backend() + " serves it");
    }
}
