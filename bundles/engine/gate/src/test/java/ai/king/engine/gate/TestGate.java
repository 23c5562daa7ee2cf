/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.gate.DecisionListener;
import ai.king.store.Actor;
import ai.king.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** The gate with the site's profiles over a store, as the framework would put it together. */
public final class TestGate {

    public static final Identity ANNA = person("anna", Role.APPROVER, Role.ADMIN);
    public static final Identity BEN = person("ben", Role.APPROVER);
    public static final Identity CLEO = person("cleo", Role.APPROVER, Role.LEGAL_APPROVER);
    public static final Identity VIC = person("vic", Role.VIEWER);

    /** Read once: a test of thousands of gates is not about a file that somebody may replace meanwhile. */
    private static final ProfileFile FILE = parsed();

    private TestGate() {}

    private static ProfileFile parsed() {
        try {
            return ProfileFile.parse(Files.readString(profiles()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Identity person(String name, Role... roles) {
        return new Identity(name, Set.of(roles));
    }

    public static GateEngine over(Store store) {
        return new GateEngine(store, users(), FILE);
    }

    /** Adds an engine whose matter waits for decisions. */
    public static void listen(GateEngine gate, Supplier<DecisionListener> listener) {
        gate.addListener(new ComponentServiceObjects<>() {
            @Override
            public DecisionListener getService() {
                return listener.get();
            }

            @Override
            public void ungetService(DecisionListener service) {}

            @Override
            public ServiceReference<DecisionListener> getServiceReference() {
                throw new UnsupportedOperationException();
            }
        });
    }

    /** Ends and reminds what is due, as the schedule does. */
    public static void tick(Store store, GateEngine gate) {
        new ApprovalClock(store, gate.desk(), new NoSchedules()).tick();
    }

    static Path profiles() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("config/risk_profiles.yaml"))) {
            folder = folder.getParent();
        }
        return folder.resolve("config/risk_profiles.yaml");
    }

    private static Users users() {
        Map<String, Identity> known = new TreeMap<>();
        List.of(ANNA, BEN, CLEO, VIC).forEach(identity -> known.put(identity.name(), identity));
        return new Users() {
            @Override
            public Optional<Identity> authenticate(String name, char[] password) {
                return find(name);
            }

            @Override
            public Optional<Identity> find(String name) {
                return Optional.ofNullable(known.get(name));
            }

            @Override
            public List<Identity> list() {
                return List.copyOf(known.values());
            }

            @Override
            public Identity create(Actor by, String name, Optional<char[]> password, Set<Role> roles) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Identity> change(
                    Actor by, String name, Optional<char[]> password, Optional<Set<Role>> roles) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void remove(Actor by, String name) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static final class NoSchedules implements ai.king.work.Schedules {
        @Override
        public AutoCloseable every(String name, java.time.Duration distance, Runnable job) {
            return () -> {};
        }

        @Override
        public java.time.Instant next(String name) {
            return null;
        }
    }
}
