/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.access;

import ai.king.access.Role;
import ai.king.access.User;
import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import ai.king.gate.DecisionListener;
import ai.king.gate.Risk;
import ai.king.store.Query;
import ai.king.store.Tx;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Roles that decide about others: once three people hold {@code approver}, a second person must agree to who gets one. The
 * question is put to the gate, which itself stands on this store; so it may come later.
 */
@Component(service = {RoleGrants.class, DecisionListener.class})
public final class RoleGrants implements DecisionListener {

    private static final Set<Role> DECIDING = Set.of(Role.APPROVER, Role.LEGAL_APPROVER, Role.ADMIN);
    private static final int ENOUGH = 3;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Approvals approvals;

    /** Of the roles wanted those that may be given now. */
    Set<Role> immediate(Tx tx, Set<Role> before, Set<Role> wanted) {
        Set<Role> asked = deciding(before, wanted);
        if (asked.isEmpty() || approvers(tx) < ENOUGH) {
            return wanted;
        }
        Set<Role> now = copy(wanted);
        now.removeAll(asked);
        return now;
    }

    /** Puts the rest to people; false when there is no rest. */
    boolean ask(Tx tx, String name, Set<Role> given, Set<Role> wanted) {
        Set<Role> asked = deciding(given, wanted);
        if (asked.isEmpty()) {
            return false;
        }
        Approvals gate = approvals;
        if (gate == null) {
            throw new IllegalStateException(
                    "granting " + StoredUsers.labels(asked) + " needs a second person, and the gate is not there");
        }
        gate.open(
                tx,
                new Approvals.Question(
                        Approval.Type.SYSTEM,
                        "Grant " + String.join(", ", StoredUsers.labels(asked)) + " to " + name,
                        "A role that decides about others; three people hold approver already.",
                        Risk.MEDIUM,
                        List.of("a role that decides about others"),
                        Map.of("user", name, "roles", StoredUsers.labels(asked)),
                        Optional.empty(),
                        subjectKind(),
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        tx.actor().name(),
                        Optional.of(tx.actor().name())));
        return true;
    }

    private static Set<Role> deciding(Set<Role> before, Set<Role> wanted) {
        Set<Role> asked = copy(wanted);
        asked.removeAll(before);
        asked.retainAll(DECIDING);
        return asked;
    }

    private static Set<Role> copy(Collection<Role> roles) {
        Set<Role> copy = EnumSet.noneOf(Role.class);
        copy.addAll(roles);
        return copy;
    }

    private static long approvers(Tx tx) {
        return tx.list(Query.of(User.class)).stream()
                .filter(u -> u.roles().contains(Role.APPROVER.label()))
                .count();
    }

    @Override
    public String subjectKind() {
        return "user";
    }

    @Override
    public void decided(Tx tx, Approval approval) {
        if (approval.status() != Approval.Status.APPROVED) {
            return;
        }
        User user = tx.lock(User.class, approval.subject()).orElse(null);
        if (user == null || !(approval.payload().get("roles") instanceof List<?> granted)) {
            return;
        }
        Set<Role> roles = copy(StoredUsers.identity(user).roles());
        granted.forEach(label -> roles.add(Role.of(String.valueOf(label))));
        User after = new User(
                user.id(), user.passwordHash(), StoredUsers.labels(roles), user.createdAt(), tx.now(), user.version());
        tx.update(after);
        tx.record("user.changed", user.id(), Map.of("roles", after.roles(), "approval", approval.id()));
    }
}
