/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.agent.Records;
import ai.king.store.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stored rows of one kind of one business, by plain SQL that H2 and PostgreSQL both read. For one transaction. */
final class RecordTable {

    private final Connection connection;
    private final String businessId;
    private final RecordKind kind;
    private long batch;

    RecordTable(Connection connection, String businessId, RecordKind kind) {
        this.connection = connection;
        this.businessId = businessId;
        this.kind = kind;
    }

    /** A line that is ready to be stored, with a key that no other business has. */
    record Line(long number, String key, @Nullable Object[] cells) {}

    /**
     * Which of the keys have a row. Keys hold their business, so that the primary key is the only index that fits: a database
     * without statistics of a growing table cannot choose a worse one.
     */
    Set<String> stored(Collection<String> keys) {
        String sql = planned("SELECT record_key FROM " + kind.table() + " WHERE record_key = ANY(?)");
        Set<String> found = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, array(keys));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of("looking up " + kind.label(), e);
        }
        return found;
    }

    /** Removes the rows of these keys that another import stored. */
    void removeOlder(Collection<String> keys, String importId) {
        String sql = planned("DELETE FROM " + kind.table() + " WHERE record_key = ANY(?) AND import_id <> ?");
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setArray(1, array(keys));
            delete.setString(2, importId);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw SqlFailure.of("replacing " + kind.label(), e);
        }
    }

    /** Stores lines whose keys have no row. */
    void insert(List<Line> lines, String importId) {
        String columns = kind.columns().stream().map(Column::sqlName).collect(Collectors.joining(", "));
        String sql = "INSERT INTO " + kind.table() + " (business_id, record_key, import_id, " + columns + ") VALUES ("
                + marks(kind.columns().size() + 3) + ")";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Line line : lines) {
                insert.setString(1, businessId);
                insert.setString(2, line.key());
                insert.setString(3, importId);
                for (int i = 0; i < line.cells().length; i++) {
                    bind(insert, 4 + i, line.cells()[i], kind.columns().get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw SqlFailure.of("storing " + kind.label(), e);
        }
    }

    boolean hasRows() {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT 1 FROM " + kind.table() + " WHERE business_id = ? FETCH FIRST 1 ROWS ONLY")) {
            select.setString(1, businessId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw SqlFailure.of("reading " + kind.label(), e);
        }
    }

    /** The rows between two days, both included, by day and key; all rows of a kind without a day, by key. */
    Records rows(LocalDate from, LocalDate to) {
        String columns = kind.columns().stream().map(Column::sqlName).collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + " FROM " + kind.table() + " WHERE business_id = ?"
                + (kind.dated() ? " AND day_on BETWEEN ? AND ? ORDER BY day_on, record_key" : " ORDER BY record_key");
        List<List<Object>> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(2000);
            select.setString(1, businessId);
            if (kind.dated()) {
                select.setObject(2, from);
                select.setObject(3, to);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of("reading " + kind.label(), e);
        }
        return new Records(kind.label(), kind.columnNames(), Collections.unmodifiableList(found), digest(found));
    }

    private List<Object> row(ResultSet rows) throws SQLException {
        List<Object> cells = new ArrayList<>(kind.columns().size());
        for (int i = 0; i < kind.columns().size(); i++) {
            Object cell =
                    switch (kind.columns().get(i).type()) {
                        case TEXT -> rows.getString(i + 1);
                        case DAY -> rows.getObject(i + 1, LocalDate.class);
                        case WHOLE -> rows.getObject(i + 1, Long.class);
                        case AMOUNT, SIGNED_AMOUNT, NUMBER, PERCENT -> plain(rows.getBigDecimal(i + 1));
                    };
            cells.add(cell == null ? "" : cell);
        }
        return Collections.unmodifiableList(cells);
    }

    /** At least two digits after the point and no zeros beyond them, whatever scale the column has. */
    static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 2 ? stripped.setScale(2) : stripped;
    }

    static BigDecimal plain(@Nullable BigDecimal value, BigDecimal otherwise) {
        BigDecimal plain = plain(value);
        return plain == null ? otherwise : plain;
    }

    private String digest(List<List<Object>> rows) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Json.write(kind.columnNames()).getBytes(StandardCharsets.UTF_8));
            for (List<Object> row : rows) {
                for (Object cell : row) {
                    sha256.update(cell.toString().getBytes(StandardCharsets.UTF_8));
                    sha256.update((byte) 0x1f);
                }
                sha256.update((byte) '\n');
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void bind(PreparedStatement statement, int place, @Nullable Object cell, Column column)
            throws SQLException {
        if (cell == null) {
            statement.setNull(place, column.type().sqlType());
        } else {
            statement.setObject(place, cell);
        }
    }

    /**
     * A text of its own for each batch, so that PostgreSQL plans each with the keys at hand. The plan it would keep for a
     * statement seen often was made when the table was nearly empty: a hundred times slower in the same upload.
     */
    private String planned(String sql) {
        return sql + " /* " + batch++ + " */";
    }

    private Array array(Collection<String> keys) throws SQLException {
        return connection.createArrayOf("varchar", keys.toArray());
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
