/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.access.Identity;
import ai.king.access.Role;
import ai.king.engine.evolution.content.Contents;
import ai.king.evolution.Evolution.NewProposal;
import ai.king.evolution.Expectation;
import ai.king.evolution.Proposal;
import ai.king.evolution.Proposal.Kind;
import ai.king.evolution.Proposal.Origin;
import ai.king.evolution.Proposal.Status;
import ai.king.evolution.Release.Item;
import ai.king.store.Actor;
import ai.king.store.Json;
import ai.king.store.Payloads;
import ai.king.store.Query;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes proposals in: what is not even a proposal is refused at once, all else is stored and checked later. */
final class Intake {

    /** Who the AI is where a person's name would stand; nobody can log in as it. */
    static final String AI = "king-ai";

    private static final long MIB = 1024 * 1024;
    private static final long LARGEST = 64 * MIB;
    private static final int TITLE = 200;
    private static final int DESCRIPTION = 20_000;

    private final Store store;
    private final Payloads payloads;

    Intake(Store store, Payloads payloads) {
        this.store = store;
        this.payloads = payloads;
    }

    Proposal take(Identity by, NewProposal wanted) {
        check(wanted);
        Origin origin = by.has(Role.ADMIN) ? Origin.ADMIN : Origin.DEVELOPER;
        return store.write(by.actor(), tx -> {
            if (wanted.kind() == Kind.CONFIGURATION) {
                refuseUnknownPlug(tx, wanted.change());
            }
            return begin(tx, store.newId(), origin, by.name(), wanted);
        });
    }

    /** The id of what the AI proposes with a call: the same call gives the same proposal. */
    static String idOf(String key) {
        return "ai-" + Json.sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /**
     * Takes a proposal of the AI: one a UTC day of the database, whatever restarts, other nodes or races do. Throws {@link
     * IllegalStateException} for a second one.
     */
    Proposal takeFromAi(String key, NewProposal wanted) {
        check(wanted);
        String id = idOf(key);
        return store.write(Actor.system(AI), tx -> {
            // Whoever holds the pointer is alone, on every node.
            Releases.lock(tx);
            Optional<Proposal> same = tx.find(Proposal.class, id);
            if (same.isPresent()) {
                tx.record("proposal.repeated", id, Map.of());
                return same.get();
            }
            ofToday(tx).ifPresent(last -> {
                throw new IllegalStateException(
                        "the AI has made its one proposal of this day (UTC): " + last.id() + ", " + last.title());
            });
            if (wanted.kind() == Kind.CONFIGURATION) {
                refuseUnknownPlug(tx, wanted.change());
            }
            Optional<Expectation> expected = Expectations.ofCall(tx, key);
            Proposal proposal = begin(
                    tx,
                    id,
                    Origin.AI,
                    AI,
                    expected.map(one -> told(wanted, one)).orElse(wanted));
            expected.ifPresent(one -> tx.update(one.proposed(proposal.id())));
            return proposal;
        });
    }

    /** The AI's proposal of this UTC day, or of a later one: the clock may have been set back. */
    static Optional<Proposal> ofToday(Tx tx) {
        LocalDate today = Expectations.day(tx.now());
        return tx
                .page(Query.of(Proposal.class)
                        .where("origin", Origin.AI)
                        .descending("createdAt")
                        .page(null, 1))
                .items()
                .stream()
                .filter(last -> !Expectations.day(last.createdAt()).isBefore(today))
                .findFirst();
    }

    /** With what was measured before, so that it stands in what people read and vote on. */
    private static NewProposal told(NewProposal wanted, Expectation expected) {
        return new NewProposal(
                wanted.kind(),
                wanted.title(),
                wanted.description() + "\n\n" + Expectations.told(expected),
                wanted.change(),
                wanted.placement(),
                wanted.bundle(),
                wanted.tests());
    }

    private Proposal begin(Tx tx, String id, Origin origin, String author, NewProposal wanted) {
        String bundle = put(tx, wanted.bundle());
        String tests = put(tx, wanted.tests());
        String placement =
                origin == Origin.AI ? Generations.JAIL : wanted.placement().orElse(Generations.JAIL);
        return Lifecycle.begin(
                tx,
                new Proposal(
                        id,
                        wanted.kind(),
                        wanted.title().strip(),
                        wanted.description(),
                        origin,
                        author,
                        Status.DRAFT,
                        "LOW",
                        null,
                        Map.of(),
                        wanted.change(),
                        bundle,
                        tests,
                        placement,
                        List.of(),
                        null,
                        null,
                        "waits for its checks",
                        null,
                        tx.now(),
                        tx.now(),
                        0));
    }

    private static void check(NewProposal wanted) {
        if (wanted.title().isBlank() || wanted.title().length() > TITLE) {
            throw new IllegalArgumentException("title must have 1 to " + TITLE + " characters");
        }
        if (wanted.description().length() > DESCRIPTION) {
            throw new IllegalArgumentException("description has more than " + DESCRIPTION + " characters");
        }
        Contents.of(wanted.kind(), wanted.change());
        if (wanted.kind() == Kind.SOURCE) {
            SourceFiles.of(wanted.change());
        }
        if ((wanted.kind() == Kind.BUNDLE) != wanted.bundle().isPresent()) {
            throw new IllegalArgumentException("a jar comes with the kind BUNDLE, and only with it");
        }
        if (wanted.kind() == Kind.SOURCE && wanted.tests().isPresent()) {
            throw new IllegalArgumentException("the tests of the kind SOURCE stand in change.files");
        }
        wanted.placement().ifPresent(placement -> {
            if (!placement.equals(Generations.JAIL) && !placement.equals(Generations.PLATFORM)) {
                throw new IllegalArgumentException("placement must be platform or jail");
            }
        });
    }

    private static void refuseUnknownPlug(Tx tx, Map<String, Object> change) {
        String key = change.get("plug") + "/" + change.get("name");
        List<Item> items = Releases.permanent(tx).items();
        if (items.stream().noneMatch(item -> Generations.key(item).equals(key))) {
            throw new IllegalArgumentException("change.plug and change.name name no plug of the release: " + key);
        }
        if (!(change.get("values") instanceof Map<?, ?> values) || values.isEmpty()) {
            throw new IllegalArgumentException("change.values must name at least one option");
        }
    }

    private @Nullable String put(Tx tx, Optional<InputStream> bytes) {
        if (bytes.isEmpty()) {
            return null;
        }
        return payloads.put(tx, new Limited(bytes.get()), null);
    }

    /** Refuses more than the limit while it is read. */
    private static final class Limited extends FilterInputStream {

        private long left = LARGEST;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw new IllegalArgumentException("the jar is larger than " + LARGEST / MIB + " MiB");
            }
        }
    }
}
