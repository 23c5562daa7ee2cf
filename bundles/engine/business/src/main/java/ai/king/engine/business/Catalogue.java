/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one business sells, holds and can buy, for the tools that act on it. For one transaction. */
final class Catalogue {

    private static final String STOCK =
            """
            SELECT s.sku, p.name, s.day_on, s.on_hand, s.reorder_point FROM record_stock s
            LEFT JOIN record_products p ON p.business_id = s.business_id AND p.sku = s.sku
            WHERE s.business_id = ? AND (? = '' OR s.sku = ?) AND s.day_on =
              (SELECT MAX(n.day_on) FROM record_stock n WHERE n.business_id = s.business_id AND n.sku = s.sku)
            ORDER BY s.sku""";

    private static final String OFFERS =
            """
            SELECT supplier_id, supplier, sku, unit_cost, min_quantity, lead_days FROM record_suppliers
            WHERE business_id = ? AND (? = '' OR sku = ?) AND (? = '' OR supplier_id = ?)
            ORDER BY supplier_id, sku""";

    private final Connection connection;
    private final String businessId;

    Catalogue(Connection connection, String businessId) {
        this.connection = connection;
        this.businessId = businessId;
    }

    /** @param unitCost null when the import did not say */
    record Article(String sku, @Nullable BigDecimal unitCost, BigDecimal listPrice) {}

    /** @param name null for an article that is not among the products */
    record Count(String sku, @Nullable String name, LocalDate day, long onHand, @Nullable Long reorderPoint) {}

    /** Minimum and days are null when the supplier did not say. */
    record Offer(
            String supplierId,
            String supplier,
            String sku,
            BigDecimal unitCost,
            @Nullable Long minQuantity,
            @Nullable Long leadDays) {}

    Optional<Article> article(String sku) {
        return query(
                        "SELECT sku, unit_cost, list_price FROM record_products WHERE business_id = ? AND sku = ?",
                        row -> new Article(
                                row.getString(1),
                                RecordTable.plain(row.getBigDecimal(2)),
                                RecordTable.plain(row.getBigDecimal(3), BigDecimal.ZERO)),
                        sku)
                .stream()
                .findFirst();
    }

    /** Changes the list price; the article is there. */
    void price(String sku, BigDecimal price) {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE record_products SET list_price = ? WHERE business_id = ? AND sku = ?")) {
            update.setBigDecimal(1, price);
            update.setString(2, businessId);
            update.setString(3, sku);
            update.executeUpdate();
        } catch (SQLException e) {
            throw SqlFailure.of("changing a price", e);
        }
    }

    /** The newest count of one article, or of all for an empty sku. */
    List<Count> stock(String sku) {
        return query(
                STOCK,
                row -> new Count(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, LocalDate.class),
                        row.getLong(4),
                        row.getObject(5, Long.class)),
                sku,
                sku);
    }

    /** The offers for an article or of a supplier; an empty text means any. */
    List<Offer> offers(String sku, String supplierId) {
        return query(
                OFFERS,
                row -> new Offer(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        RecordTable.plain(row.getBigDecimal(4), BigDecimal.ZERO),
                        row.getObject(5, Long.class),
                        row.getObject(6, Long.class)),
                sku,
                sku,
                supplierId,
                supplierId);
    }

    private <T> List<T> query(String sql, Reading<T> reading, String... arguments) {
        List<T> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, businessId);
            for (int i = 0; i < arguments.length; i++) {
                select.setString(2 + i, arguments[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
        } catch (SQLException e) {
            throw SqlFailure.of("reading the catalogue", e);
        }
        return found;
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }
}
