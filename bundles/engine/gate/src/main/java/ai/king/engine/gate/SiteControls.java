/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.gate;

import ai.king.access.Identity;
import ai.king.gate.Approval;
import ai.king.gate.Approvals.Question;
import ai.king.gate.Controls;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.gate.RiskProfile;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The switches of the site; a looser profile is a question to two people first. */
final class SiteControls implements Controls, DecisionListener {

    private static final String KIND = "setting";

    private final Store store;
    private final Switches switches;
    private final ApprovalDesk desk;

    SiteControls(Store store, Switches switches, ApprovalDesk desk) {
        this.store = store;
        this.switches = switches;
        this.desk = desk;
    }

    @Override
    public void pause(Identity by) {
        turn(by, true, "site.paused");
    }

    @Override
    public void resume(Identity by) {
        turn(by, false, "site.resumed");
    }

    /** Pauses when the active profile asks for it and nobody has; true when this did it. */
    boolean pauseForCircuit(Map<String, String> circuit) {
        if (!switches.active().autoPauseOnCircuitOpen() || switches.paused()) {
            return false;
        }
        return store.write(Actor.system("gate"), tx -> {
            switches.put(tx, Switches.PAUSED, Boolean.toString(true));
            tx.record("site.paused", Switches.PAUSED, Map.of("circuit", circuit));
            tx.enqueue("system.alert", Map.of("text", "paused: a circuit opened", "by", "gate"), "global");
            return true;
        });
    }

    private void turn(Identity by, boolean paused, String action) {
        store.write(by.actor(), tx -> {
            switches.put(tx, Switches.PAUSED, Boolean.toString(paused));
            tx.record(action, Switches.PAUSED, Map.of());
            tx.enqueue("system.alert", Map.of("text", paused ? "paused" : "resumed", "by", by.name()), "global");
            return paused;
        });
    }

    @Override
    public boolean paused() {
        return switches.paused();
    }

    @Override
    public Optional<Approval> activate(Identity by, String profile) {
        RiskProfile to = switches.file().profiles().get(profile);
        if (to == null) {
            throw new IllegalArgumentException("there is no risk profile " + profile);
        }
        return store.write(by.actor(), tx -> {
            RiskProfile from = switches.active();
            List<String> looser = Strictness.loosened(from, to);
            if (looser.isEmpty()) {
                switches.put(tx, Switches.ACTIVE, profile);
                tx.record("risk.activated", profile, Map.of("from", from.name()));
                return Optional.empty();
            }
            return Optional.of(desk.open(tx, question(by, from, to, looser)));
        });
    }

    private static Question question(Identity by, RiskProfile from, RiskProfile to, List<String> looser) {
        return new Question(
                Approval.Type.SYSTEM,
                "Activate the risk profile " + to.name(),
                "Replaces " + from.name() + "; looser in: " + String.join(", ", looser),
                Risk.HIGH,
                looser,
                Map.of("from", Json.asMap(from), "to", Json.asMap(to), "looser", looser),
                Optional.empty(),
                KIND,
                Switches.ACTIVE,
                Optional.empty(),
                Optional.empty(),
                by.name(),
                Optional.of(by.name()));
    }

    @Override
    public String subjectKind() {
        return KIND;
    }

    @Override
    public void decided(Tx tx, Approval approval) {
        if (approval.status() != Approval.Status.APPROVED) {
            return;
        }
        RiskProfile voted = Json.convert(approval.payload().getOrDefault("to", Map.of()), RiskProfile.class);
        RiskProfile now = switches.file().profiles().get(voted.name());
        if (now == null || !Json.digest(now).equals(Json.digest(voted))) {
            throw new IllegalStateException("the profile " + voted.name() + " is another one now");
        }
        switches.put(tx, Switches.ACTIVE, voted.name());
        tx.record("risk.activated", voted.name(), Map.of("approval", approval.id()));
    }
}
