/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import ai.king.store.Payloads;
import ai.king.store.Store;
import ai.king.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Payloads in pieces of 512 KiB. Equal bytes are stored once more rather than waiting for each other; reading takes any of
 * them, erasing takes all.
 */
@Component
public final class PiecewisePayloads implements Payloads {

    private static final int PIECE = 512 * 1024;

    private final Database database;
    private final Store store;

    @Activate
    public PiecewisePayloads(@Reference Database database, @Reference Store store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public String put(Tx tx, InputStream bytes, @Nullable Instant expires) {
        String id = store.newId();
        try {
            MessageDigest sha256 = sha256();
            long size = write(tx.connection(), id, bytes, sha256);
            String digest = HexFormat.of().formatHex(sha256.digest());
            finish(tx.connection(), id, digest, size, expires);
            return digest;
        } catch (SQLException e) {
            throw Failures.translate(e);
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes cannot be read", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static long write(Connection connection, String id, InputStream bytes, MessageDigest sha256)
            throws SQLException, IOException {
        long size = 0;
        try (PreparedStatement statement =
                connection.prepareStatement("insert into payload_piece (payload_id, no, bytes) values (?, ?, ?)")) {
            int no = 0;
            for (byte[] piece = bytes.readNBytes(PIECE); piece.length > 0; piece = bytes.readNBytes(PIECE)) {
                sha256.update(piece);
                size += piece.length;
                statement.setString(1, id);
                statement.setInt(2, no++);
                statement.setBytes(3, piece);
                statement.executeUpdate();
            }
        }
        return size;
    }

    private static void finish(Connection connection, String id, String digest, long size, @Nullable Instant expires)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into payload (id, digest, size, expires_at) values (?, ?, ?, ?)")) {
            statement.setString(1, id);
            statement.setString(2, digest);
            statement.setLong(3, size);
            statement.setObject(4, expires == null ? null : expires.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    @Override
    public Optional<InputStream> open(String digest) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select id, size from payload"
                    + " where digest = ? and (expires_at is null or expires_at > ?) order by id desc limit 1")) {
                statement.setString(1, digest);
                statement.setObject(2, store.clock().instant().atOffset(ZoneOffset.UTC));
                try (ResultSet row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new PieceStream(this::piece, row.getString(1), digest, row.getLong(2)))
                            : Optional.empty();
                }
            }
        });
    }

    /** Empty when it is gone. */
    private byte[] piece(String id, int no) {
        return database.inTransaction(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select bytes from payload_piece where payload_id = ? and no = ?")) {
                statement.setString(1, id);
                statement.setInt(2, no);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() ? row.getBytes(1) : new byte[0];
                }
            }
        });
    }

    @Override
    public void erase(Tx tx, String digest) {
        try {
            remove(tx.connection(), "digest = ?", digest);
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** Removes what a condition on the payload's row names, pieces first. */
    static void remove(Connection connection, String condition, Object value) throws SQLException {
        String pieces =
                "delete from payload_piece where payload_id in (select id from payload where " + condition + ")";
        for (String sql : new String[] {pieces, "delete from payload where " + condition}) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, value);
                statement.executeUpdate();
            }
        }
    }
}
