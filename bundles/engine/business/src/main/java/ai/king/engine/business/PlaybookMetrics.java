/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** The metrics of gates that records tell, over all that is stored of a business. For one transaction. */
final class PlaybookMetrics {

    private static final String PRODUCTS = "SELECT COUNT(*) FROM record_products WHERE business_id = ?";
    /** Of the articles whose cost is known. */
    private static final String MARGIN = "SELECT AVG((list_price - unit_cost) / list_price) FROM record_products"
            + " WHERE business_id = ? AND unit_cost IS NOT NULL AND list_price > 0";

    private static final Map<String, String> INDICATORS = Map.of(
            "orders_count", "orders",
            "revenue", "revenue",
            "gross_margin", "gross_margin",
            "return_rate", "return_rate",
            "bounce_rate", "bounce_rate",
            "conversion_rate", "conversion_rate",
            "churn_rate", "churn_rate");

    private final Connection connection;
    private final String businessId;
    private final LocalDate today;

    PlaybookMetrics(Connection connection, String businessId, LocalDate today) {
        this.connection = connection;
        this.businessId = businessId;
        this.today = today;
    }

    /** Whether records tell it; all else is what people report. */
    static boolean recorded(String metric) {
        return INDICATORS.containsKey(metric) || metric.equals("products_listed") || metric.equals("profit_margin_avg");
    }

    /** Empty without data. */
    Optional<BigDecimal> value(String metric) {
        return switch (metric) {
            case "products_listed" -> one(PRODUCTS).filter(count -> count.signum() > 0);
            case "profit_margin_avg" -> one(MARGIN).map(margin -> margin.setScale(4, RoundingMode.HALF_EVEN));
            default -> Optional.ofNullable(INDICATORS.get(metric))
                    .flatMap(name -> new Figures(connection, businessId).indicator(name, LocalDate.EPOCH, today));
        };
    }

    private Optional<BigDecimal> one(String sql) {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, businessId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getBigDecimal(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqlFailure.of("reading metrics", e);
        }
    }
}
