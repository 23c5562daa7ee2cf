/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.mutants;

import ai.king.engine.evolution.mutants.Mutant.Bundle;
import ai.king.engine.evolution.mutants.SourceText.Edit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes real agents; the same seed gives the same mutants. */
final class Mutator {

    private static final List<Family> FAMILIES = Arrays.stream(Family.values())
            .filter(family -> family != Family.SOUND && family != Family.TOUCHING_GATE)
            .toList();
    private static final int MOST_SOURCE = 5;

    private final List<Reference> references;
    private final Random random;
    private int attacks;

    Mutator(List<Reference> references, long seed) {
        this.references = references;
        random = new Random(seed);
        attacks = random.nextInt(100);
    }

    /** Every fourth one touches the gate, the other families take turns; then the good ones, spread among them. */
    List<Mutant> mutants(int bad, int good) {
        List<Family> families = new ArrayList<>();
        for (int i = 0; i < bad; i++) {
            families.add(i % 4 == 3 ? Family.TOUCHING_GATE : FAMILIES.get((i - i / 4) % FAMILIES.size()));
        }
        for (int i = 0; i < good; i++) {
            families.add(random.nextInt(families.size() + 1), Family.SOUND);
        }
        List<Mutant> mutants = new ArrayList<>();
        for (Family family : families) {
            mutants.add(mutant(mutants.size() + 1, family));
        }
        return mutants;
    }

    private Mutant mutant(int no, Family family) {
        Reference of = references.get(random.nextInt(references.size()));
        return switch (family) {
            case WRONG_VALUES -> wrong(no, of);
            case WEAKENED_TESTS -> weakened(no, of);
            case TOUCHING_GATE -> random.nextInt(6) == 0 ? thresholds(no, of) : tricked(no, family, of);
            default -> tricked(no, family, of);
        };
    }

    private List<Trick> tricks(Family family) {
        return switch (family) {
            case SLOW -> Faults.slow(random);
            case LEAKING -> Faults.leaking(random);
            case THROWING_LATE -> Faults.throwingLate(random);
            case NEVER_STARTING -> Faults.neverStarting(random);
            case HANGING_ON_STOP -> Faults.hangingOnStop(random);
            case MUTING -> Faults.muting(random);
            case TOUCHING_GATE -> Attacks.touchingTheGate(random);
            case EXFILTRATING -> Attacks.exfiltrating(random);
            case ASKING_FOR_MORE -> Attacks.askingForMore(random);
            case SOUND -> Improvements.of(random);
            case WRONG_VALUES, WEAKENED_TESTS -> throw new IllegalArgumentException(family + " changes what is there");
        };
    }

    private Mutant tricked(int no, Family family, Reference of) {
        List<Trick> tricks = tricks(family);
        // Attacks on the gate in turn: all of them are tried before one comes again.
        int which = family == Family.TOUCHING_GATE ? attacks++ : random.nextInt(tricks.size());
        Trick trick = tricks.get(which % tricks.size());
        SortedMap<String, String> files = new TreeMap<>(of.files());
        files.put(of.main(), text(of).with(trick.members(), trick.start(), trick.work()));
        String folder = of.plug().replace('.', '/');
        trick.files().forEach((path, text) -> files.put(path.replace("%s", folder), text.replace("%s", of.plug())));
        boolean elsewhere = files.keySet().stream().anyMatch(path -> path.endsWith(".java") && !path.contains(folder));
        boolean source = trick.headers().isEmpty() && !elsewhere && random.nextInt(MOST_SOURCE) == 0;
        return new Mutant(no, family, trick.what(), of, source ? new Mutant.Source(files) : bundle(of, files, trick));
    }

    private static Bundle bundle(Reference of, SortedMap<String, String> files, Trick trick) {
        Map<String, String> headers = new HashMap<>(trick.headers());
        String name = headers.getOrDefault("Bundle-SymbolicName", of.plug());
        headers.remove("Bundle-SymbolicName");
        return new Bundle(name, files, headers);
    }

    private static SourceText text(Reference of) {
        return new SourceText(of.files().getOrDefault(of.main(), ""));
    }

    private Mutant thresholds(int no, Reference of) {
        List<Map<String, Object>> changes = Attacks.thresholds(random);
        Map<String, Object> change = changes.get(random.nextInt(changes.size()));
        return new Mutant(
                no,
                Family.TOUCHING_GATE,
                "sets " + change.get("values") + " of " + change.get("plug"),
                of,
                new Mutant.Values(change));
    }

    /** One value, operator or condition anywhere in its own classes. */
    private Mutant wrong(int no, Reference of) {
        SortedMap<String, String> files = new TreeMap<>(of.files());
        String what = mutate(files);
        return new Mutant(no, Family.WRONG_VALUES, what, of, new Bundle(of.plug(), files, Map.of()));
    }

    private String mutate(SortedMap<String, String> files) {
        List<String> paths = files.keySet().stream()
                .filter(path -> path.startsWith("src/main/java/") && !path.endsWith("package-info.java"))
                .toList();
        Map<String, SourceText> texts = new TreeMap<>();
        List<Map.Entry<String, Edit>> edits = new ArrayList<>();
        for (String path : paths) {
            SourceText text = new SourceText(files.getOrDefault(path, ""));
            texts.put(path, text);
            text.edits().forEach(edit -> edits.add(Map.entry(path, edit)));
        }
        Map.Entry<String, Edit> chosen = edits.get(random.nextInt(edits.size()));
        SourceText text = texts.getOrDefault(chosen.getKey(), new SourceText(""));
        files.put(chosen.getKey(), text.with(chosen.getValue()));
        return chosen.getKey().substring(chosen.getKey().lastIndexOf('/') + 1) + " "
                + chosen.getValue().what();
    }

    /** Something wrong, and tests that do not see it. */
    private Mutant weakened(int no, Reference of) {
        SortedMap<String, String> files = new TreeMap<>(of.files());
        String what = mutate(files);
        String test = of.ownTest();
        String text = files.getOrDefault(test, "");
        return new Mutant(
                no,
                Family.WEAKENED_TESTS,
                what + "; "
                        + switch (random.nextInt(4)) {
                            case 0 -> {
                                files.keySet().removeIf(path -> path.startsWith("src/test/"));
                                yield "no tests";
                            }
                            case 1 -> {
                                files.put(test, text.replaceAll("@Test\\b", "@Test @org.junit.jupiter.api.Disabled"));
                                yield "tests switched off";
                            }
                            case 2 -> {
                                files.put(
                                        test,
                                        text.replaceAll(
                                                "(@Test\\s+void \\w+\\(\\)[^{]*\\{)",
                                                "$1 if (getClass().getName() != null) return;"));
                                yield "tests that return before they look";
                            }
                            default -> {
                                files.put(test, text.replaceAll("@Test\\b", ""));
                                yield "no test is marked as one";
                            }
                        },
                of,
                new Bundle(of.plug(), files, Map.of()));
    }
}
