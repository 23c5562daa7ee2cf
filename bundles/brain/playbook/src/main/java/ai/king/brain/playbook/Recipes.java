/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain.playbook;

import ai.king.brain.Intent;
import java.util.List;

/** Which skills serve which intent, in the order of the rules: what needs data comes after what finds it. */
final class Recipes {

    private static final Wish ANALYSIS = Wish.of(
            "analysis",
            "analytics",
            "analyze analyse",
            "Analyses the business: key figures, trends, anomalies together");
    private static final Wish MONEY =
            Wish.of("money", "finance", "plan", "Plans revenue, cost and cash of the next quarter, with a forecast");
    private static final Wish TARGETS = Wish.of(
                    "targets", "analytics", "kpis", "Compares the key figures of the business with their targets")
            .within("analysis");
    private static final Wish TRENDS = Wish.of(
                    "trends", "analytics", "trends", "Finds whether sales and revenue grow or shrink")
            .within("analysis");
    private static final Wish SEASONS =
            Wish.of("seasons", "analytics", "seasonality", "Shows how revenue depends on the month and the season");
    private static final Wish ODDITIES = Wish.of(
                    "oddities", "analytics", "anomalies", "Finds what looks wrong: odd days, returns, double entries")
            .within("analysis");
    private static final Wish CUSTOMERS =
            Wish.of("customers", "analytics", "cohort", "Shows how many customers order again");
    private static final Wish PROFIT = Wish.of(
                    "profit", "finance", "pnl", "Profit and loss: revenue, sales, costs, profit and margin by month")
            .within("money");
    private static final Wish MARGINS = Wish.of(
                    "margins", "finance", "unit_economics", "What one order and one customer earn after all costs")
            .within("money");
    private static final Wish CASH = Wish.of(
                    "cash", "finance", "cash_flow", "Cash in the account and how long the reserves last")
            .within("money");
    private static final Wish BREAK_EVEN =
            Wish.of("break_even", "finance", "break_even", "How many orders pay the fixed costs, when we break even");
    private static final Wish ADVERTISING =
            Wish.of("advertising", "finance", "roi", "What advertising costs and what it brings, by channel");
    private static final Wish FORECAST = Wish.of(
                    "forecast", "finance", "forecast", "Forecasts revenue with a range and how reliable it is")
            .within("money");
    private static final Wish DOCUMENTS = Wish.of(
                    "documents", "research", "document_research", "Reads documents and cites what they say")
            .when(Wish.When.DOCUMENTS);
    private static final Wish PRICES = Wish.of(
                    "prices", "commerce", "price", "Proposes and changes prices to keep a margin")
            .when(Wish.When.PRICES)
            .after("analysis", "money", "targets", "profit", "margins");
    private static final Wish STOCK = Wish.of(
                    "stock", "commerce", "reorder", "Orders stock that runs low from suppliers")
            .when(Wish.When.STOCK)
            .after("analysis", "money", "forecast", "documents");
    private static final Wish LOW_STOCK =
            Wish.of("inventory", "commerce", "inventory", "Says what is in stock and what runs low");
    private static final Wish OFFER = Wish.of(
                    "offer",
                    "commerce",
                    "catalogue",
                    "Says what the catalogue offers, what articles bring and what their records lack")
            .when(Wish.When.NAMED);
    private static final Wish ORDERS = Wish.of(
                    "orders",
                    "commerce",
                    "orders",
                    "Says which orders are open, late, returned or cancelled, and how old they are")
            .when(Wish.When.NAMED);
    private static final Wish DELIVERY = Wish.of(
                    "delivery", "commerce", "fulfilment", "Says which open orders can be shipped from stock now")
            .when(Wish.When.NAMED);
    private static final Wish MARKET = Wish.of(
            "market",
            "research",
            "market_research trend_analysis competitor_analysis product_research web_search",
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
                    "code",
                    "code",
                    "create modify optimize refactor document test",
                    "Writes or changes an agent of the platform")
            .after("documents");

    private static final List<Wish> QUESTIONS = List.of(
            TARGETS,
            PROFIT,
            CASH,
            TRENDS,
            SEASONS,
            ODDITIES,
            CUSTOMERS,
            MARGINS,
            BREAK_EVEN,
            ADVERTISING,
            FORECAST,
            LOW_STOCK,
            OFFER,
            ORDERS,
            DELIVERY,
            DOCUMENTS);

    private Recipes() {}

    /**
     * The wishes for an intent. A question may have all that only reads, of which the planner takes what is nearest; there
     * are none for what only a person may start, and for an order that nobody understood.
     */
    static List<Wish> of(Intent intent) {
        if (intent.type() == Intent.Type.QUERY && intent.action() != Intent.Action.RESEARCH_MARKET) {
            return QUESTIONS;
        }
        return switch (intent.action()) {
            case GENERATE_REPORT -> List.of(
                    ANALYSIS,
                    MONEY,
                    TARGETS,
                    TRENDS,
                    ODDITIES,
                    PROFIT,
                    CASH,
                    FORECAST,
                    DOCUMENTS,
                    PRICES,
                    STOCK,
                    OFFER,
                    ORDERS,
                    DELIVERY,
                    // A report is no legal check unless it asks for one.
                    LEGAL.when(Wish.When.LAW));
            case ANALYZE_BUSINESS -> List.of(
                    ANALYSIS, TARGETS, TRENDS, ODDITIES, PROFIT, MARGINS, CASH, DOCUMENTS, PRICES, STOCK, OFFER, ORDERS,
                    DELIVERY);
            case OPTIMIZE_BUSINESS -> List.of(
                    ANALYSIS, TARGETS, PROFIT, MARGINS, FORECAST, DOCUMENTS, PRICES, STOCK, OFFER, ORDERS, DELIVERY);
                // The market's step quotes documents, too, and them alone where nobody can search: it waits for no key
                // then.
            case RESEARCH_MARKET -> List.of(DOCUMENTS.within("market"), MARKET.with("documents", true));
            case START_BUSINESS -> List.of(PRODUCTS, MARKET, DOCUMENTS, SHOP, TEXTS, LEGAL);
            case CREATE_CONTENT -> List.of(DOCUMENTS, TEXTS, LEGAL);
            case PROPOSE_EVOLUTION -> List.of(DOCUMENTS, CODE);
            case STOP_BUSINESS, UNKNOWN -> List.of();
        };
    }
}
