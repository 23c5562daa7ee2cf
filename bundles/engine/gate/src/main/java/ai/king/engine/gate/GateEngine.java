/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.access.Users;
import ai.king.gate.Action;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.Controls;
import ai.king.gate.DecisionListener;
import ai.king.gate.Gate;
import ai.king.gate.RiskProfile;
import ai.king.gate.Verdict;
import ai.king.gate.Vote;
import ai.king.store.Page;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The gate as services: the parts share the profiles and the switches. */
@Component(
        configurationPid = "ai.king.engine.gate",
        immediate = true,
        service = {Gate.class, Approvals.class, Controls.class, GateEngine.class})
@Designate(ocd = GateEngine.Config.class)
public final class GateEngine implements Gate, Approvals, Controls {

    @ObjectClassDefinition(name = "Gate", description = "Judges every effect and asks people")
    @interface Config {
        @AttributeDefinition(description = "File with the risk profiles, relative to the folder the process runs in")
        String profiles() default "etc/risk_profiles.yaml";
    }

    private final Judge judge;
    private final ApprovalDesk desk;
    private final SiteControls controls;
    private final List<ComponentServiceObjects<DecisionListener>> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public GateEngine(Config config, @Reference Store store, @Reference Users users) {
        this(store, users, ProfileFile.parse(text(Path.of(config.profiles()))));
    }

    GateEngine(Store store, Users users, ProfileFile file) {
        Switches switches = new Switches(store, file);
        desk = new ApprovalDesk(
                store,
                name -> users.find(name)
                        .filter(user -> user.has(Role.LEGAL_APPROVER))
                        .isPresent(),
                this::listener);
        judge = new Judge(store, switches, desk);
        controls = new SiteControls(store, switches, desk);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the risk profiles cannot be read: " + file, e);
        }
    }

    /** The listener itself is asked for at a decision only: its engine needs the gate, too. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(ComponentServiceObjects<DecisionListener> listener) {
        listeners.add(listener);
    }

    void removeListener(ComponentServiceObjects<DecisionListener> listener) {
        listeners.remove(listener);
    }

    private DecisionListener listener(String kind) {
        if (kind.equals(controls.subjectKind())) {
            return controls;
        }
        for (ComponentServiceObjects<DecisionListener> candidate : listeners) {
            DecisionListener listener = candidate.getService();
            if (listener != null && listener.subjectKind().equals(kind)) {
                return listener;
            }
        }
        throw new IllegalStateException("nothing here handles decisions about a " + kind + " now; vote again shortly");
    }

    @Override
    public Verdict judge(Tx tx, Action action) {
        return judge.judge(tx, action);
    }

    @Override
    public Verdict foresee(Action action) {
        return judge.foresee(action);
    }

    @Override
    public void release(Tx tx, String callKey) {
        judge.release(tx, callKey);
    }

    @Override
    public List<RiskProfile> profiles() {
        return judge.profiles();
    }

    @Override
    public RiskProfile active() {
        return judge.active();
    }

    @Override
    public boolean paused() {
        return judge.paused();
    }

    @Override
    public void pause(Identity by) {
        controls.pause(by);
    }

    /** Pauses when the active profile asks for it and nobody has; true when this did it. */
    boolean pauseForCircuit(Map<String, String> circuit) {
        return controls.pauseForCircuit(circuit);
    }

    @Override
    public void resume(Identity by) {
        controls.resume(by);
    }

    @Override
    public Optional<Approval> activate(Identity by, String profile) {
        return controls.activate(by, profile);
    }

    @Override
    public Approval open(Tx tx, Question question) {
        return desk.open(tx, question);
    }

    @Override
    public Page<Approval> page(Filter filter, @Nullable String cursor, int limit) {
        return desk.page(filter, cursor, limit);
    }

    @Override
    public Optional<Approval> find(String id) {
        return desk.find(id);
    }

    @Override
    public List<Vote> votes(String approvalId) {
        return desk.votes(approvalId);
    }

    @Override
    public Approval vote(Identity voter, String id, Vote.Decision decision, String notes, String payloadSha256) {
        return desk.vote(voter, id, decision, notes, payloadSha256);
    }

    @Override
    public void close(Tx tx, String id, String reason) {
        desk.close(tx, id, reason);
    }

    ApprovalDesk desk() {
        return desk;
    }
}
