/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person does with a proposal by hand; who may is what REST says, too. */
enum Move {
    PROMOTE("Promote it for good", "It takes all goals from now on; the old generation stays as the way back."),
    ABORT("Abort the trial", "The trial ends and its goals go to what ran before. A new attempt is a new proposal."),
    ROLLBACK("Roll it back", "What this proposal changed goes back byte for byte, in a new release."),
    WITHDRAW("Withdraw it", "Nobody decides it any more.");

    private static final Set<Status> UNDECIDED = Set.of(Status.DRAFT, Status.VALIDATING, Status.READY);

    final String label;
    final String consequence;

    Move(String label, String consequence) {
        this.label = label;
        this.consequence = consequence;
    }

    /** As it stands in an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Move> of(String word) {
        for (Move move : values()) {
            if (move.word().equals(word)) {
                return Optional.of(move);
            }
        }
        return Optional.empty();
    }

    /** Whether this person may do it with the proposal as it stands. */
    boolean open(Proposal proposal, Identity person) {
        boolean own = proposal.author().equals(person.name());
        boolean votes = person.has(Role.APPROVER) || person.has(Role.LEGAL_APPROVER);
        return switch (this) {
            case PROMOTE -> proposal.status() == Status.CANARY && votes && !own;
            case ABORT -> proposal.status() == Status.CANARY && votes;
            case ROLLBACK -> proposal.status() == Status.COMPLETED && person.has(Role.ADMIN);
            case WITHDRAW -> own && UNDECIDED.contains(proposal.status());
        };
    }

    Proposal apply(Evolution evolution, Identity person, String id) {
        return switch (this) {
            case PROMOTE -> evolution.promote(person, id);
            case ABORT -> evolution.abort(person, id);
            case ROLLBACK -> evolution.rollback(person, id);
            case WITHDRAW -> evolution.withdraw(person, id);
        };
    }
}
