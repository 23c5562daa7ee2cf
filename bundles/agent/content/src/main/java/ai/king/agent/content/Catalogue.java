/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import ai.king.agent.BusinessData;
import ai.king.agent.Records;
import ai.king.agent.Source;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The articles of a business that a text can speak of.
 *
 * @param missing what lacks for the others, and for all of them
 */
record Catalogue(List<Good> goods, List<String> missing, List<Source> sources) {

    private static final List<String> COLUMNS = List.of("sku", "name", "category", "list_price");

    static Catalogue of(BusinessData business) {
        Records products = business.records("products", LocalDate.of(1970, 1, 1), LocalDate.of(9999, 12, 31));
        if (products.isEmpty()) {
            return new Catalogue(List.of(), List.of("records of kind products"), List.of());
        }
        List<String> missing = new ArrayList<>(COLUMNS.stream()
                .filter(column -> !products.columns().contains(column))
                .map(column -> "products." + column)
                .toList());
        List<Good> goods = new ArrayList<>();
        if (missing.isEmpty()) {
            products.lines().forEach(line -> read(line, goods, missing));
        }
        return new Catalogue(
                goods, missing, List.of(products.source("sku, name, category and list_price", goods.size())));
    }

    private static void read(Records.Line line, List<Good> goods, List<String> missing) {
        String sku = Text.plain(line.text("sku"));
        String name = Text.plain(line.text("name"));
        String category = Text.plain(line.text("category"));
        String price = line.text("list_price").trim();
        boolean priced = price.matches("\\d{1,12}(\\.\\d{1,4})?") && new BigDecimal(price).signum() > 0;
        if (!name.isEmpty() && !category.isEmpty() && priced) {
            goods.add(new Good(sku, name, category, new BigDecimal(price)));
        } else {
            missing.add((name.isEmpty()
                            ? "products.name"
                            : category.isEmpty() ? "products.category" : "products.list_price")
                    + " of " + sku);
        }
    }

    List<Good> range(String category) {
        return goods.stream().filter(good -> good.category().equals(category)).toList();
    }
}
