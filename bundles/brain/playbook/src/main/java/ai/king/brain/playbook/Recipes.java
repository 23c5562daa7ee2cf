/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import java.util.List;

/** Which skills serve which intent, in the order of the rules: what needs data comes after what finds it. */
final class Recipes {

    private static final Wish TARGETS = Wish.of(
            "targets", "analytics", "kpis kpi targets", "Compares the key figures of the business with their targets");
    private static final Wish TRENDS =
            Wish.of("trends", "analytics", "trends trend seasonality", "Finds trends and seasons in sales");
    private static final Wish ODDITIES = Wish.of(
            "oddities",
            "analytics",
            "anomalies anomaly alerts",
            "Finds what looks wrong in the numbers: outliers and gaps");
    private static final Wish PROFIT =
            Wish.of("profit", "finance", "pnl profit_and_loss", "Profit and loss: revenue, costs and margin");
    private static final Wish MARGINS =
            Wish.of("margins", "finance", "unit_economics", "Unit economics: what each product earns after its costs");
    private static final Wish CASH =
            Wish.of("cash", "finance", "cash_flow cashflow", "Cash flow and how long reserves last");
    private static final Wish FORECAST = Wish.of(
            "forecast", "finance", "forecast forecasts", "Forecasts revenue with a range and how reliable it is");
    private static final Wish DOCUMENTS = Wish.of(
                    "documents", "research", "document_research", "Reads documents and cites what they say")
            .when(Wish.When.DOCUMENTS);
    private static final Wish PRICES = Wish.of(
                    "prices", "commerce", "price prices pricing", "Proposes and changes prices to keep a margin")
            .when(Wish.When.PRICES)
            .after("targets", "profit", "margins", "documents");
    private static final Wish STOCK = Wish.of(
                    "stock", "commerce", "reorder purchase_order purchase", "Orders stock that runs low from suppliers")
            .when(Wish.When.STOCK)
            .after("forecast", "trends", "documents");
    private static final Wish LOW_STOCK =
            Wish.of("inventory", "commerce", "inventory low_stock stock", "Says what is in stock and what runs low");
    private static final Wish MARKET = Wish.of(
            "market",
            "research",
            "market_research trend_analysis competitor_analysis web_search",
            "Researches a market, its demand and competitors");
    private static final Wish PRODUCTS =
            Wish.of("products", "research", "product_research market_research", "Finds products worth selling");
    private static final Wish SHOP = Wish.of(
                    "catalogue", "commerce", "catalogue catalog", "Sets up the catalogue of a shop")
            .after("products", "market");
    private static final Wish TEXTS = Wish.of(
                    "texts",
                    "content",
                    "landing_page product_description blog_post email_marketing social_media ad_copy press_release",
                    "Writes texts: pages, posts, mails and advertisements")
            .after("products", "market", "documents");
    private static final Wish LEGAL = Wish.of(
                    "legal", "legal", "compliance check", "Checks texts and policies against privacy and consumer law")
            .when(Wish.When.DOCUMENTS)
            .after("documents", "texts", "catalogue");
    private static final Wish CODE = Wish.of(
                    "code", "code", "create modify", "Writes or changes an agent of the platform")
            .after("documents");

    private Recipes() {}

    /** The wishes for an intent; none for what only a person may start or nobody understood. */
    static List<Wish> of(Intent intent) {
        return switch (intent.action()) {
            case GENERATE_REPORT -> List.of(
                    TARGETS, TRENDS, ODDITIES, PROFIT, CASH, FORECAST, DOCUMENTS, PRICES, STOCK, LEGAL);
            case ANALYZE_BUSINESS -> intent.type() == Intent.Type.QUERY
                    ? List.of(TARGETS, PROFIT, CASH, TRENDS, ODDITIES, LOW_STOCK, MARGINS)
                    : List.of(TARGETS, TRENDS, ODDITIES, PROFIT, MARGINS, CASH, DOCUMENTS, PRICES, STOCK);
            case OPTIMIZE_BUSINESS -> List.of(TARGETS, PROFIT, MARGINS, FORECAST, DOCUMENTS, PRICES, STOCK);
            case RESEARCH_MARKET -> List.of(DOCUMENTS, MARKET);
            case START_BUSINESS -> List.of(PRODUCTS, MARKET, DOCUMENTS, SHOP, TEXTS, LEGAL);
            case CREATE_CONTENT -> List.of(DOCUMENTS, TEXTS, LEGAL);
            case PROPOSE_EVOLUTION -> List.of(DOCUMENTS, CODE);
            case STOP_BUSINESS, UNKNOWN -> List.of();
        };
    }
}
