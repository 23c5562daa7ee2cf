/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.AgentContext;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Records;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.agent.Task;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which open orders can be shipped from stock, what is short and until when; ships them when the input asks for it. */
final class Fulfilment {

    private static final int MOST_ROWS = 200;

    private final Inventory inventory;
    private final Set<String> openStates;

    Fulfilment(Inventory inventory, Set<String> openStates) {
        this.inventory = inventory;
        this.openStates = openStates;
    }

    Outcome perform(Task task, BusinessData business, AgentContext context) {
        OrderBook book = new OrderBook(business, openStates);
        Shop shop = new Shop(context);
        Shop.Reading<Order> read = shop.open();
        boolean told = read.refused().isEmpty();
        if (!told && !book.tellsOpen()) {
            return new Outcome.Declined(silence(book, read));
        }
        Map<String, Article> stock =
                inventory.articles(business).stream().collect(Collectors.toMap(Article::sku, Function.identity()));
        if (stock.isEmpty()) {
            return new Outcome.Declined(List.of("records of kind stock"));
        }
        List<Order> open = told ? read.found() : book.open();
        Coverage coverage = Coverage.of(open, stock);
        List<Source> sources = sources(business, book, told, open.size());
        LocalDate today = context.now().atZone(ZoneOffset.UTC).toLocalDate();
        List<Report.Section> sections = new ArrayList<>();
        sections.add(new Report.Section("Fulfilment", blocks(coverage, read, today, sources)));
        if (!coverage.lacking().isEmpty()) {
            Report.Table table = new Shortage(coverage, stock, business).table(today, sources);
            sections.add(new Report.Section("Short", List.of(table)));
        }
        Asked asked = Asked.of(task.input(), "fulfil");
        if (asked.nothing()) {
            return new Outcome.Done(data(coverage), new Report(sections));
        }
        Shipping shipping = new Shipping(shop, read, coverage);
        return shipping.perform(asked, context).orElseGet(() -> {
            Map<String, Object> data = data(coverage);
            data.put("shipped", shipping.shipped());
            sections.add(shipping.section(sources));
            return new Outcome.Done(data, new Report(sections));
        });
    }

    /** Why nobody tells what is open. */
    private List<String> silence(OrderBook book, Shop.Reading<Order> read) {
        List<String> missing = new ArrayList<>();
        missing.add("open orders: "
                + (book.records().isEmpty()
                        ? "records of kind orders"
                        : book.silence(String.join(" or ", openStates))));
        missing.addAll(read.missing());
        return missing;
    }

    private static Map<String, Object> data(Coverage coverage) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("ready", coverage.ready().stream().map(Order::number).toList());
        Map<String, Object> waiting = new LinkedHashMap<>();
        coverage.waiting().forEach((order, why) -> waiting.put(order.number(), why));
        data.put("waiting", waiting);
        return data;
    }

    private List<Source> sources(BusinessData business, OrderBook book, boolean told, int open) {
        Records stock = Inventory.all(business, "stock");
        return List.of(
                told
                        ? new Source.Formula(open + " open orders as " + Shop.ORDERS + " answered")
                        : book.source("status " + String.join(", ", openStates), open),
                stock.source("last count of each article", stock.rows().size()),
                new Source.Formula(
                        "first come, first served: an order is ready when the last counts hold all its pieces after"
                                + " those of the orders before it; one that is short keeps what is there for it"));
    }

    private static List<Report.Block> blocks(
            Coverage coverage, Shop.Reading<Order> read, LocalDate today, List<Source> sources) {
        List<Report.Block> blocks = new ArrayList<>();
        blocks.add(new Report.Figure(
                "Ready to ship", Integer.toString(coverage.ready().size()), "", sources));
        blocks.add(
                new Report.Figure("Waiting", Integer.toString(coverage.waiting().size()), "", sources));
        List<List<String>> rows = new ArrayList<>();
        coverage.ready().forEach(order -> rows.add(row(order, today, "ready")));
        coverage.waiting().forEach((order, why) -> rows.add(row(order, today, why)));
        if (!rows.isEmpty()) {
            blocks.add(new Report.Table(
                    rows.size() <= MOST_ROWS
                            ? "Open orders, those that can be shipped first"
                            : "Open orders, the first " + MOST_ROWS + " of " + rows.size(),
                    List.of("Order", "Day", "Age, days", "Pieces", ""),
                    rows.stream().limit(MOST_ROWS).toList(),
                    sources));
        }
        if (read.cut()) {
            blocks.add(new Report.Text("The shop holds more open orders than were read.", sources));
        }
        if (read.refused().isPresent()) {
            blocks.add(new Report.Text(
                    "These are the open orders of the records; the shop misses " + String.join("; ", read.missing())
                            + ".",
                    sources));
        }
        return blocks;
    }

    private static List<String> row(Order order, LocalDate today, String state) {
        return List.of(
                order.number(),
                order.day().toString(),
                Long.toString(order.age(today)),
                order.pieces().stream()
                        .map(piece -> piece.quantity().toPlainString() + " " + piece.sku())
                        .collect(Collectors.joining(", ")),
                state);
    }
}
