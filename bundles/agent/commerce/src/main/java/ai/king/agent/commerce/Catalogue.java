/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is offered: what each article costs, brings and sells, what its record lacks, and where the shop says otherwise. */
final class Catalogue {

    private static final int MOST_ROWS = 500;

    private final Inventory inventory;
    private final BigDecimal minimumMargin;
    private final int soldDays;

    Catalogue(Inventory inventory, BigDecimal minimumMargin, int soldDays) {
        this.inventory = inventory;
        this.minimumMargin = minimumMargin;
        this.soldDays = soldDays;
    }

    static String belowMargin(BigDecimal minimumMargin) {
        return "below the minimum margin of " + Pricing.percent(minimumMargin);
    }

    Outcome report(Task task, BusinessData business, AgentContext context) {
        Records products = Inventory.all(business, "products");
        if (products.isEmpty()) {
            return new Outcome.Declined(List.of("records of kind products"));
        }
        Records orders = Inventory.all(business, "orders");
        Optional<LocalDate> end = orders.lines().map(line -> line.date("date")).max(LocalDate::compareTo);
        LocalDate since = end.orElse(LocalDate.MAX.minusYears(1)).minusDays(soldDays - 1L);
        List<Offer> offers = Offer.all(business, inventory, minimumMargin, since);
        Shop shop = new Shop(context);
        Shop.Reading<Shop.Listed> listed = shop.articles();
        Asked publish = Asked.of(task.input(), "publish");
        List<Report.Section> sections = new ArrayList<>();
        sections.add(new Report.Section("Catalogue", blocks(task, business, offers, since)));
        sections.add(new ShopDifferences(offers, listed).section(sources(business, since), context.now()));
        Map<String, Object> data = data(offers);
        if (!publish.nothing()) {
            Publication publication = new Publication(offers, shop, listed);
            Optional<Outcome> refused = publication.perform(publish, sources(business, since));
            if (refused.isPresent()) {
                return refused.get();
            }
            data.put("published", publication.published());
            sections.add(publication.section());
        }
        return new Outcome.Done(data, new Report(sections));
    }

    private Map<String, Object> data(List<Offer> offers) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("articles", offers.size());
        Map<String, Object> gaps = new LinkedHashMap<>();
        offers.stream().filter(offer -> !offer.gaps().isEmpty()).forEach(offer -> gaps.put(offer.sku(), offer.gaps()));
        data.put("gaps", gaps);
        return data;
    }

    private List<Source> sources(BusinessData business, LocalDate since) {
        Records products = Inventory.all(business, "products");
        Records stock = Inventory.all(business, "stock");
        Records orders = Inventory.all(business, "orders");
        return List.of(
                products.source("unit_cost and list_price", products.rows().size()),
                stock.source("last count of each article", stock.rows().size()),
                orders.source(
                        "since " + (orders.isEmpty() ? "ever" : since) + ", not cancelled",
                        orders.rows().size()),
                new Source.Formula("margin = (price - unit cost) / price"));
    }

    private List<Report.Block> blocks(Task task, BusinessData business, List<Offer> offers, LocalDate since) {
        List<Source> sources = sources(business, since);
        boolean stock = !Inventory.all(business, "stock").isEmpty();
        boolean orders = !Inventory.all(business, "orders").isEmpty();
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(figure("Articles", offers.size(), sources));
        blocks.add(figure(
                "Complete",
                offers.stream().filter(offer -> offer.gaps().isEmpty()).count(),
                sources));
        for (String gap : List.of(Offer.NO_COST, Offer.NO_PRICE, belowMargin(minimumMargin))) {
            blocks.add(figure(gap, count(offers, gap), sources));
        }
        for (String gap : List.of(Offer.NOT_IN_STOCK, Offer.NEVER_COUNTED)) {
            blocks.add(stock ? figure(gap, count(offers, gap), sources) : none(gap, sources));
        }
        String unsold = "not sold in " + soldDays + " days";
        blocks.add(
                orders
                        ? figure(
                                unsold,
                                offers.stream()
                                        .filter(offer -> offer.sold().signum() == 0)
                                        .count(),
                                sources)
                        : none(unsold, sources));
        blocks.add(table(offers, orders, sources));
        missing(stock, orders, sources).ifPresent(blocks::add);
        tooFew(task, offers, sources).ifPresent(blocks::add);
        return blocks;
    }

    private static long count(List<Offer> offers, String gap) {
        return offers.stream().filter(offer -> offer.gaps().contains(gap)).count();
    }

    private static Report.Figure figure(String label, long value, List<Source> sources) {
        return new Report.Figure(capital(label), Long.toString(value), "", sources);
    }

    private static Report.Figure none(String label, List<Source> sources) {
        return new Report.Figure(capital(label), "no data", "", sources);
    }

    private static String capital(String label) {
        return Character.toUpperCase(label.charAt(0)) + label.substring(1);
    }

    private static Optional<Report.Block> missing(boolean stock, boolean orders, List<Source> sources) {
        List<String> kinds = new ArrayList<>();
        if (!stock) {
            kinds.add("stock");
        }
        if (!orders) {
            kinds.add("orders");
        }
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Text(
                        "No data: there are no records of kind " + String.join(" and ", kinds) + ".", sources));
    }

    private Report.Table table(List<Offer> offers, boolean orders, List<Source> sources) {
        List<List<String>> rows = offers.stream()
                .limit(MOST_ROWS)
                .map(offer -> List.of(
                        offer.sku(),
                        offer.name(),
                        offer.price().map(BigDecimal::toPlainString).orElse("no data"),
                        offer.cost().map(BigDecimal::toPlainString).orElse("no data"),
                        offer.margin().map(Pricing::percent).orElse("no data"),
                        orders ? offer.sold().toPlainString() : "no data",
                        offer.lastSold().map(LocalDate::toString).orElse(orders ? "never" : "no data"),
                        offer.onHand().map(String::valueOf).orElse("no data"),
                        String.join(", ", offer.gaps())))
                .toList();
        String title = offers.size() <= MOST_ROWS
                ? "What is offered"
                : "What is offered, the first " + MOST_ROWS + " of " + offers.size();
        return new Report.Table(
                title,
                List.of(
                        "Article",
                        "Name",
                        "Price",
                        "Unit cost",
                        "Margin",
                        "Sold in " + soldDays + " days",
                        "Last sold",
                        "On hand",
                        "Missing"),
                rows,
                sources);
    }

    /** A playbook may say how many articles a shop opens with. */
    private static Optional<Report.Block> tooFew(Task task, List<Offer> offers, List<Source> sources) {
        Object least = task.input().get("minimum_products");
        if (least == null || !least.toString().matches("\\d{1,6}")) {
            return Optional.empty();
        }
        long complete = offers.stream().filter(offer -> offer.gaps().isEmpty()).count();
        int wanted = Integer.parseInt(least.toString());
        return complete >= wanted
                ? Optional.empty()
                : Optional.of(new Report.Advice(
                        "Complete the records of " + (wanted - complete) + " more articles",
                        complete + " are complete, and " + wanted + " are asked for",
                        sources));
    }
}
