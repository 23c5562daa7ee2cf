/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import ai.king.agent.BusinessData;
import ai.king.store.Actor;
import ai.king.store.Page;
import ai.king.tool.Money;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Businesses and what they hold. Bad input is {@link IllegalArgumentException}, an unknown id an empty answer or {@link java.util.NoSuchElementException}. */
@ProviderType
public interface Businesses {

    Business create(Actor by, NewBusiness business);

    Business change(Actor by, String id, Change change);

    Optional<Business> find(String id);

    Page<Business> page(@Nullable String cursor, int limit);

    /** The kinds of records with the columns an import may and must have. */
    Map<String, Kind> kinds();

    /** Kinds of which a business has rows. */
    Set<String> kindsWithRows(String businessId);

    /** Imports a CSV with a header, UTF-8, streaming; all or nothing unless {@code partial}. */
    Imported importCsv(Actor by, String businessId, String kind, InputStream csv, boolean partial);

    /** Imports rows given as JSON objects. */
    Imported importRows(Actor by, String businessId, String kind, List<Map<String, Object>> rows, boolean partial);

    /** Read access for agents and questions. */
    BusinessData data(String businessId);

    StoredDocument addDocument(Actor by, String businessId, String name, String mediaType, InputStream bytes);

    List<StoredDocument> documents(String businessId);

    Optional<StoredDocument> document(String id);

    /** Revenue, costs and margin by period; periods without any row have no entry. */
    List<Period> pnl(String businessId, LocalDate from, LocalDate to, Grain grain);

    Health health(String businessId);

    /** Moves a business to another stage; throws {@link TransitionRefused} with the requirements that are not met. */
    Business transition(Actor by, String businessId, Business.Status to, String notes);

    /** Length of a period. */
    enum Grain {
        DAY,
        WEEK,
        MONTH
    }

    record NewBusiness(
            String name, String type, @Nullable String niche, String currency, @Nullable String riskProfile) {}

    /** Null members stay. */
    record Change(@Nullable String name, @Nullable String niche, @Nullable String riskProfile) {}

    /** Columns of a kind of record. */
    record Kind(String name, List<Column> columns) {}

    /** @param type {@code text}, {@code date}, {@code number}, {@code money} or {@code integer} */
    record Column(String name, String type, boolean required) {}

    /** @param rejected with the line (the header is line 1) and the reason */
    record Imported(long accepted, List<Rejected> rejected) {}

    record Rejected(long line, String reason) {}

    /**
     * Figures of one period in the business's currency: revenue is net of discounts and returns.
     *
     * @param margin gross margin, 0..1; null without revenue
     * @param orders orders that were shipped
     * @param withoutCost those of them whose article has no known cost, so that costOfGoods lacks them
     */
    record Period(
            LocalDate from,
            LocalDate to,
            Money revenue,
            Money costOfGoods,
            Money advertising,
            Money otherCosts,
            Money profit,
            @Nullable BigDecimal margin,
            long orders,
            long withoutCost) {}

    /** @param parts what was taken off, by reason */
    record Health(int score, List<Part> parts) {}

    record Part(String reason, int points) {}
}
