/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.king.store.Actor;
import ai.king.store.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class PayloadsStoreTest {

    private static final int MEBI = 1024 * 1024;

    private static String put(TestDatabase database, InputStream bytes, @Nullable Instant expires) {
        PiecewisePayloads payloads = new PiecewisePayloads(database.database, database.store);
        return database.store.write(Actor.person("anna"), tx -> {
            tx.record("payload.stored", "x", Map.of());
            return payloads.put(tx, bytes, expires);
        });
    }

    private static Optional<byte[]> bytes(TestDatabase database, String digest) throws IOException {
        Optional<InputStream> found = new PiecewisePayloads(database.database, database.store).open(digest);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().readAllBytes());
    }

    /** Bytes without end but for the count; never all in memory. */
    private static InputStream endless(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? (int) (left * 31 % 251) : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                int count = (int) Math.min(length, left);
                for (int i = 0; i < count; i++) {
                    target[from + i] = (byte) ((left - i) * 31 % 251);
                }
                left -= count;
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    @OnBothDatabases
    void keepsSmallEmptyAndEqualBytes(TestDatabase.Kind kind) throws IOException {
        try (TestDatabase database = kind.open()) {
            for (int size : new int[] {0, 1, 512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 3 * MEBI}) {
                byte[] expected = endless(size).readAllBytes();
                String digest = put(database, new ByteArrayInputStream(expected), null);
                assertThat(digest).isEqualTo(Json.sha256(expected));
                assertThat(put(database, endless(size), null)).isEqualTo(digest);
                assertThat(bytes(database, digest).orElseThrow()).isEqualTo(expected);
            }
            assertThat(bytes(database, Json.sha256("other"))).isEmpty();
        }
    }

    @OnBothDatabases
    void keeps64MebibytesInPieces(TestDatabase.Kind kind) throws IOException {
        try (TestDatabase database = kind.open()) {
            String digest = put(database, endless(64L * MEBI), null);
            DigestInputStream read = new DigestInputStream(
                    new PiecewisePayloads(database.database, database.store)
                            .open(digest)
                            .orElseThrow(),
                    PiecewisePayloads.sha256());
            assertThat(read.transferTo(OutputStream.nullOutputStream())).isEqualTo(64L * MEBI);
            assertThat(HexFormat.of().formatHex(read.getMessageDigest().digest()))
                    .isEqualTo(digest);
        }
    }

    @OnBothDatabases
    void bytesThatWereChangedInTheStoreDoNotEnd(TestDatabase.Kind kind) {
        try (TestDatabase database = kind.open()) {
            String digest = put(database, endless(MEBI), null);
            database.database.inTransaction(connection -> {
                try (var statement = connection.prepareStatement("update payload_piece set bytes = ? where no = 1")) {
                    statement.setBytes(1, new byte[512 * 1024]);
                    return statement.executeUpdate();
                }
            });
            assertThatThrownBy(() -> bytes(database, digest))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(digest);
        }
    }

    @OnBothDatabases
    void expiredAndErasedBytesAreGone(TestDatabase.Kind kind) throws IOException {
        try (TestDatabase database = kind.open()) {
            Instant now = database.store.clock().instant();
            String expired = put(database, endless(10), now.minusSeconds(1));
            String kept = put(database, endless(11), now.plus(Duration.ofDays(1)));
            String erased = put(database, endless(12), null);
            put(database, endless(12), null);
            assertThat(bytes(database, expired)).isEmpty();
            database.store.write(Actor.person("anna"), tx -> {
                new PiecewisePayloads(database.database, database.store).erase(tx, erased);
                tx.record("payload.erased", erased, Map.of());
                return true;
            });
            new Retention(database.database, database.store).run();
            assertThat(bytes(database, erased)).isEmpty();
            assertThat(bytes(database, kept)).isPresent();
            long pieces = database.database.inTransaction(connection -> {
                try (var statement = connection.createStatement();
                        var row = statement.executeQuery("select count(*) from payload_piece")) {
                    row.next();
                    return row.getLong(1);
                }
            });
            assertThat(pieces).isEqualTo(1);
        }
    }
}
