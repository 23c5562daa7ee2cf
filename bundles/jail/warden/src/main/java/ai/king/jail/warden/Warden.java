/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.evolution.Jail;
import ai.king.jail.warden.Cgroups.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jail of this node. The tier is found when it is first asked for: that builds the launcher and runs the probes. */
@Component(service = Jail.class, configurationPid = "ai.king.jail.warden")
@Designate(ocd = Warden.Config.class)
public final class Warden implements Jail {

    private static final Logger LOG = LoggerFactory.getLogger(Warden.class);

    private static final String NONE = "NONE";
    private static final String HOST = "ai.king.jail.host.Host";
    /** Half an agent is worse than none: its calls fail, the next ones get a new host. */
    private static final List<String> FLAGS = List.of("-XX:+ExitOnOutOfMemoryError");

    private static final long SWEEP_MILLIS = 200;
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(300);

    @ObjectClassDefinition(
            name = "Jail",
            description = "Where candidates are tested and agents that came by a proposal live")
    @interface Config {
        @AttributeDefinition(
                description = "Folder for programs and their files, which every user may pass through; "
                        + "empty: /tmp, or the JVM's temporary folder where there is none")
        String folder() default "";

        @AttributeDefinition(description = "Memory for all jailed programs together, in MiB; one takes 640")
        int memoryMiB() default 1920;

        @AttributeDefinition(description = "Seconds without a call after which the host of an agent ends")
        int idleSeconds() default 300;

        @AttributeDefinition(description = "Strongest tier to use: T3, T2, T1, or NONE to switch the jail off")
        String strongest() default "T3";
    }

    private final Config config;
    private final Capacity capacity;
    private final Trials trials = new Trials();
    private final House.Residence residence = new Quarters();
    private final Set<House> houses = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "king-jail-sweeper");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Site site;
    private boolean closed;

    @Activate
    public Warden(Config config) {
        this.config = config;
        capacity = new Capacity(config.memoryMiB());
        sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A machine with its tools ready, and the confinement that held. */
    private record Site(Toolroom tools, Cells cells, Optional<Confinement> confinement) {}

    @Override
    public String tier() {
        return site().confinement().map(found -> found.tier().name()).orElse(NONE);
    }

    @Override
    public synchronized Optional<String> missing() {
        if (site().confinement().isEmpty()) {
            clear();
        }
        return site().confinement().isPresent() ? Optional.empty() : Optional.of(Advice.of(site().tools()));
    }

    @Override
    public Trial test(Path bundle, Optional<Path> tests, Map<String, Object> configuration, Duration limit) {
        return trial(JavaCommand.Use.AGENT, bundle, List.of(), tests, configuration, limit);
    }

    @Override
    public Trial test(
            Path bundle,
            List<Path> libraries,
            Optional<Path> tests,
            Map<String, Object> configuration,
            Duration limit) {
        return trial(JavaCommand.Use.PLUG, bundle, libraries, tests, configuration, limit);
    }

    private Trial trial(
            JavaCommand.Use use,
            Path bundle,
            List<Path> libraries,
            Optional<Path> tests,
            Map<String, Object> configuration,
            Duration limit) {
        return admitted(
                limit,
                most -> trials.run(
                        inputs -> open(inputs, true, use, Weight.CHECKS),
                        bundle,
                        libraries,
                        tests,
                        configuration,
                        most),
                Trials::notAssessed);
    }

    @Override
    public Built build(Source source, Duration limit) {
        return admitted(
                limit,
                most -> Builds.run(inputs -> open(inputs, false, JavaCommand.Use.BUILD, Weight.CHECKS), source, most),
                Built::failed);
    }

    /** Does it in a cell with room, or says why not. */
    private <T> T admitted(Duration limit, Function<Duration, T> work, Function<String, T> otherwise) {
        Site here = site();
        if (here.confinement().isEmpty()) {
            return otherwise.apply("no jail on this machine: " + Advice.of(here.tools()));
        }
        Duration most = limit.compareTo(LONGEST_TRIAL) < 0 ? limit : LONGEST_TRIAL;
        try {
            if (!makeRoom(Duration.ZERO, most)) {
                return otherwise.apply("no memory for a trial within " + most.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise.apply("interrupted while waiting for memory");
        }
        try {
            return work.apply(most);
        } finally {
            residence.dismiss();
        }
    }

    @Override
    public Resident house(Path bundle, Map<String, Object> configuration, String name) {
        try {
            Path kept = Files.createTempFile(site().tools().kept(), "agent", ".jar");
            Files.write(kept, Files.readAllBytes(bundle));
            House house = new House(residence, kept, configuration, name);
            houses.add(house);
            return house;
        } catch (IOException e) {
            throw new IllegalStateException("the agent's bundle cannot be kept: " + e.getMessage(), e);
        }
    }

    private Cell open(Map<String, Path> inputs, boolean endsWhenLoud, JavaCommand.Use use, Weight weight)
            throws IOException {
        Site here = site();
        Confinement confinement = here.confinement()
                .orElseThrow(() -> new IOException("no jail on this machine: " + Advice.of(here.tools())));
        List<String> arguments = List.of(here.tools().home().toString());
        Cells.Order order = new Cells.Order(inputs, FLAGS, HOST, arguments, endsWhenLoud, use, weight);
        return here.cells().open(confinement, Limits.STANDARD, order);
    }

    /** Memory for one program: free, or of the house that rests longest, or given back in time. */
    private boolean makeRoom(Duration idle, Duration patience) throws InterruptedException {
        int share = Limits.STANDARD.shareMiB();
        return capacity.take(share, 0)
                || restOne(idle) && capacity.take(share, 0)
                || capacity.take(share, patience.toMillis());
    }

    private boolean restOne(Duration idle) {
        long now = System.nanoTime();
        return houses.stream()
                .sorted(Comparator.comparingLong((House house) -> house.idleSince() - now))
                .anyMatch(house -> house.rest(idle));
    }

    private synchronized Site site() {
        if (closed) {
            throw new IllegalStateException("the jail is closed");
        }
        if (site == null) {
            site = prepare();
        }
        return site;
    }

    private Site prepare() {
        try {
            Toolroom tools = Toolroom.open(Places.parent(config.folder()));
            Cgroups groups = Cgroups.find();
            Runtimes runtime = Runtimes.own();
            Cells cells = new Cells(tools, runtime, groups);
            List<Confinement> candidates = Walls.of(tools, runtime).candidates(Places.root(), groups.there()).stream()
                    .filter(each -> each.tier().name().compareTo(config.strongest()) <= 0)
                    .filter(each -> !config.strongest().equals(NONE))
                    .toList();
            Optional<Confinement> found = new Inspection(cells, tools.cells()).strongest(candidates);
            LOG.info("jail: {}", found.map(each -> each.tier().name()).orElse(NONE));
            return new Site(tools, cells, found);
        } catch (IOException e) {
            throw new IllegalStateException("the jail cannot be prepared: " + e.getMessage(), e);
        }
    }

    private void sweep() {
        Site here;
        synchronized (this) {
            here = site;
        }
        if (here != null) {
            here.cells().checkDisks();
            houses.forEach(house -> house.rest(Duration.ofSeconds(config.idleSeconds())));
        }
    }

    private void clear() {
        Site here = site;
        site = null;
        if (here != null) {
            here.cells().close();
            try {
                here.tools().close();
            } catch (IOException e) {
                LOG.warn("the jail's folder was not removed: {}", e.toString());
            }
        }
    }

    /** Ends every program. */
    @Deactivate
    void close() {
        sweeper.shutdownNow();
        List.copyOf(houses).forEach(House::close);
        synchronized (this) {
            clear();
            closed = true;
        }
    }

    /** The place the houses stand in. */
    private final class Quarters implements House.Residence {

        private static final Duration PATIENCE = Duration.ofSeconds(10);

        /** A host used since then would be started again by its next call. */
        private static final Duration SPARE = Duration.ofSeconds(5);

        @Override
        public boolean admit() throws InterruptedException {
            return makeRoom(Duration.ZERO, PATIENCE);
        }

        @Override
        public boolean spare() throws InterruptedException {
            return makeRoom(SPARE, Duration.ZERO);
        }

        @Override
        public void dismiss() {
            capacity.giveBack(Limits.STANDARD.shareMiB());
        }

        @Override
        public Cell cell(Map<String, Path> inputs, Weight weight) throws IOException {
            return open(inputs, false, JavaCommand.Use.AGENT, weight);
        }

        @Override
        public void forget(House house, Path bundle) {
            houses.remove(house);
            try {
                Files.deleteIfExists(bundle);
            } catch (IOException e) {
                LOG.warn("the bundle of a closed agent was not removed: {}", e.toString());
            }
        }
    }
}
