/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import ai.king.engine.plug.testing.PlugSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** One proof on one database: many lives of one node, then a judgement of all that happened. */
final class EvolutionKillProof {

    private static final int KILLS = Integer.getInteger("king.kills", 6);
    private static final long SEED = Long.getLong("king.seed", 20261122L);
    private static final long PATIENCE_SECONDS = 60;
    private static final Set<String> ENDED = Set.of("COMPLETED", "FAILED", "REJECTED", "WITHDRAWN", "ROLLED_BACK");

    private final String url;
    private final String user;
    private final Path folder;
    private final Path log;
    private final Set<String> accepted = new TreeSet<>();
    private final Random random = new Random(SEED);
    private final VictimClasses classes;
    private int round;

    EvolutionKillProof(String url, String user, Path folder, VictimClasses classes) throws IOException {
        this.classes = classes;
        this.url = url;
        this.user = user;
        this.folder = folder;
        log = Files.createTempFile("king-evolution-victim", ".log");
        plugs(folder);
    }

    /** What travels with the distribution. */
    static void plugs(Path folder) throws IOException {
        Path plugs = Files.createDirectories(folder.resolve("plugs"));
        for (String plug : List.of(EvolutionVictimMain.FIXTURE, EvolutionVictimMain.OTHER)) {
            String name = plug.substring(plug.lastIndexOf('.') + 1);
            Files.write(
                    plugs.resolve(name + ".jar"),
                    PlugSource.echo(plug, name, "1.0.0").jar());
            Files.writeString(plugs.resolve(plug + ".cfg"), "prefix = first: \n");
        }
    }

    void prove() throws Exception {
        try {
            List<String> reached = new ArrayList<>();
            for (String trap : traps()) {
                if (killAt(trap)) {
                    reached.add(trap);
                }
            }
            assertThat(reached).as("points the process died at").isEqualTo(traps());
            for (int i = 0; i < KILLS; i++) {
                killAtRandom();
            }
            end();
            Files.delete(log);
            tell(reached.size());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + ", round " + round + ", see " + log + "\n" + tail(), e);
        }
    }

    /** Without a failure in n, the share of failures is under 3/n at a confidence of 95 %. */
    private void tell(int points) throws IOException {
        int all = points + KILLS;
        Files.writeString(
                Path.of("target/kills-" + user + ".txt"),
                "0 failures in " + all + " kills (" + points + " at named points, " + KILLS + " at random, seed " + SEED
                        + "): under 3/" + all + "\n");
    }

    /**
     * Every point; those that a boot passes, too, once at a boot and once later, never three boots in a row: then a node
     * runs without plugs, as it should.
     */
    private static List<String> traps() {
        List<String> traps = new ArrayList<>();
        Deque<String> places = new ArrayDeque<>();
        for (FaultPoint point : FaultPoint.values()) {
            if (point.labels().size() > 1) {
                traps.addAll(point.labels());
            } else {
                places.addAll(point.labels());
                places.addAll(
                        point == FaultPoint.RETIRING
                                ? List.of()
                                : List.of(point.labels().get(0) + ":2"));
            }
        }
        for (int at = 4; !places.isEmpty(); at += 3) {
            traps.add(at, places.removeFirst());
        }
        return traps;
    }

    private String tail() throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private Optional<EvolutionVictim> start(String fault) throws IOException {
        List<String> options = fault.isEmpty() ? List.of() : List.of("-Dking.fault=" + fault);
        return classes.start(options, url, user, folder, log);
    }

    /** Whether it died there: while it started, while it ended what the death before had left, or at a new proposal. */
    private boolean killAt(String label) throws Exception {
        Optional<EvolutionVictim> started = start(label);
        if (started.isEmpty()) {
            return true;
        }
        EvolutionVictim victim = started.get();
        try {
            if (settled(victim).isPresent()) {
                awaitGood(victim);
                propose(victim, fate(label));
            }
            return victim.diesWithin(PATIENCE_SECONDS);
        } finally {
            victim.kill();
        }
    }

    /** After a third boot in a row that was not good a node runs without plugs, as it should: on a busy machine that takes a moment. */
    private void awaitGood(EvolutionVictim victim) throws IOException {
        Path boots = folder.resolve("data").resolve("boots");
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (thirdBoot(boots) && victim.state().isPresent()) {
            assertThat(System.nanoTime()).as("the boot is not good").isLessThan(end);
            LockSupport.parkNanos(40_000_000);
        }
    }

    private static boolean thirdBoot(Path boots) throws IOException {
        try {
            return Integer.parseInt(Files.readString(boots).strip()) >= 3;
        } catch (NoSuchFileException good) {
            return false;
        }
    }

    private static String fate(String label) {
        return switch (label.split("[.:]")[1]) {
            case "rejected" -> "reject";
            case "withdrawn" -> "withdraw";
            case "failed" -> "bad";
            case "rolled_back" -> "back";
            case "retiring" -> "abort";
            default -> "live";
        };
    }

    private void killAtRandom() throws Exception {
        EvolutionVictim victim = start("").orElseThrow();
        List<String> fates = List.of("live", "back", "abort", "reject", "withdraw", "bad", "silent", "live");
        try {
            awaitGood(victim);
            for (int i = 0; i < 3; i++) {
                propose(victim, fates.get(random.nextInt(fates.size())));
            }
            LockSupport.parkNanos((long) (random.nextDouble() * 2_000_000_000L));
        } finally {
            victim.kill();
        }
    }

    /** Asked twice under one key, as a client does that got no answer. */
    private void propose(EvolutionVictim victim, String fate) throws IOException {
        String title = fate + " " + ++round;
        if (fate.equals("live") && round % 3 == 0) {
            Path jar = folder.resolve(title.replace(' ', '-') + ".jar");
            Files.write(
                    jar,
                    PlugSource.echo(EvolutionVictimMain.FIXTURE, "fixture", version(title))
                            .jar());
        }
        boolean answered = victim.post("/propose", title).isPresent();
        if (answered) {
            accepted.add(title);
            victim.post("/propose", title);
        }
    }

    private static String version(String title) {
        return "2.0." + title.split(" ")[1];
    }

    /** What stands when nothing moves any more and what runs is the permanent release; empty when the process died. */
    static Optional<Map<String, Object>> settled(EvolutionVictim victim) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (true) {
            Optional<Map<String, Object>> state = victim.state();
            if (state.isEmpty()) {
                return state;
            }
            Set<String> open = open(state.get());
            if (open.isEmpty()) {
                return state;
            }
            assertThat(System.nanoTime())
                    .as("still open: %s%nin %s", open, state.get())
                    .isLessThan(end);
            LockSupport.parkNanos(40_000_000);
        }
    }

    private static Set<String> open(Map<String, Object> state) {
        Set<String> open = new TreeSet<>();
        for (Map<String, Object> proposal : list(state, "proposals")) {
            boolean waits = text(proposal, "status").equals("READY")
                    && text(proposal, "title").startsWith("silent");
            boolean goesBack = text(proposal, "status").equals("COMPLETED")
                    && text(proposal, "title").startsWith("back");
            if (goesBack || !(waits || ENDED.contains(text(proposal, "status")))) {
                open.add(proposal.toString());
            }
        }
        Map<?, ?> pointer = (Map<?, ?>) state.get("pointer");
        if (pointer.get("trial") != null) {
            open.add("a trial: " + pointer);
        }
        if (!String.valueOf(pointer.get("permanent")).equals(text(state, "applied"))) {
            open.add("not applied: " + pointer + " but " + text(state, "applied") + " " + text(state, "error"));
        }
        List<String> active = list(state, "routes").stream()
                .filter(route -> !Set.of("STANDBY", "DRAINING").contains(text(route, "state")))
                .map(route -> text(route, "generation") + " " + text(route, "weight"))
                .sorted()
                .toList();
        List<String> wanted = ((List<?>) state.getOrDefault("wanted", List.of()))
                .stream().map(generation -> generation + " 100").toList();
        if (!active.equals(wanted)) {
            open.add("runs " + active + " and should run " + wanted);
        }
        return open;
    }

    private void end() throws Exception {
        EvolutionVictim last = start("").orElseThrow();
        try {
            settled(last).orElseThrow();
            Map<String, Object> state = last.stateWithLedger();
            judge(state);
            List<Map<String, Object>> live = live(state);
            Map<String, Object> newest = live.get(live.size() - 1);
            last.post("/rollback", text(newest, "id")).orElseThrow();
            Map<String, Object> back = settled(last).orElseThrow();
            live.remove(newest);
            runs(back, live);
        } finally {
            last.kill();
        }
    }

    private void judge(Map<String, Object> state) {
        List<Map<String, Object>> proposals = list(state, "proposals");
        List<String> titles =
                proposals.stream().map(proposal -> text(proposal, "title")).toList();
        assertThat(titles).as("accepted proposals are there, once").containsAll(accepted);
        assertThat(titles).doesNotHaveDuplicates();
        Map<?, ?> ledger = (Map<?, ?>) state.getOrDefault("ledger", Map.of());
        for (Map<String, Object> proposal : proposals) {
            fits(proposal);
            assertThat(ledger.get("proposal.draft " + text(proposal, "id")))
                    .as("taken in once: " + proposal)
                    .isEqualTo(1);
            String end = "proposal." + text(proposal, "status").toLowerCase(java.util.Locale.ROOT);
            assertThat(ledger.get(end + " " + text(proposal, "id")))
                    .as("one end in the ledger: " + proposal)
                    .isEqualTo(1);
        }
        runs(state, live(state));
    }

    /** A proposal ends as people wanted, or its trial was ended because its node died. */
    private static void fits(Map<String, Object> proposal) {
        String wanted = Map.of(
                        "live", "COMPLETED",
                        "back", "ROLLED_BACK",
                        "abort", "ROLLED_BACK",
                        "reject", "REJECTED",
                        "withdraw", "WITHDRAWN",
                        "bad", "FAILED",
                        "silent", "READY")
                .get(text(proposal, "title").split(" ")[0]);
        boolean endedByDeath = text(proposal, "reason").contains("without an orderly stop")
                || text(proposal, "reason").contains("was rolled back");
        boolean anEnd = Set.of("FAILED", "ROLLED_BACK").contains(text(proposal, "status"));
        assertThat(text(proposal, "status").equals(wanted) || (endedByDeath && anEnd))
                .as("ends as decided: " + proposal)
                .isTrue();
    }

    /** The promoted ones in the order in which they became the release. */
    private static List<Map<String, Object>> live(Map<String, Object> state) {
        return list(state, "proposals").stream()
                .filter(proposal -> text(proposal, "status").equals("COMPLETED"))
                .sorted(Comparator.comparingLong(proposal -> Long.parseLong(text(proposal, "release"))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** What answers is the first release with the promoted ones on top, and nothing else. */
    private void runs(Map<String, Object> state, List<Map<String, Object>> live) {
        String prefix = "first: ";
        String version = "1.0.0";
        for (Map<String, Object> proposal : live) {
            String title = text(proposal, "title");
            if (Files.exists(folder.resolve(title.replace(' ', '-') + ".jar"))) {
                version = version(title);
            } else {
                prefix = title + ": ";
            }
        }
        assertThat(text(state, "fixture")).isEqualTo(prefix.strip() + " hello " + version);
        assertThat(text(state, "other")).isEqualTo("first: hello 1.0.0");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> state, String key) {
        return (List<Map<String, Object>>) state.getOrDefault(key, List.of());
    }

    private static String text(Map<String, Object> map, String key) {
        return String.valueOf(map.get(key));
    }
}
