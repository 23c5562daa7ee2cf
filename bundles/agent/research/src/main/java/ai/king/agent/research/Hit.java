/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.research;

import ai.king.agent.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One result of a search, as the search service gave it: text from outside.
 *
 * @param price as printed; empty when the result names none
 * @param date as printed; empty when the result names none
 * @param seller who sells or publishes it, as printed; empty when the result does not say
 * @param position the best it had
 * @param queries that found it
 */
record Hit(
        String url,
        Address address,
        String title,
        String snippet,
        String date,
        String price,
        String seller,
        int position,
        List<String> queries) {

    /** Empty for what has no title or no address. */
    static Optional<Hit> of(Object result, String query) {
        if (!(result instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        String url = text(map.get("url"));
        String title = text(map.get("title"));
        int position = map.get("position") instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
        return title.isEmpty()
                ? Optional.empty()
                : Address.of(url)
                        .map(address -> new Hit(
                                url,
                                address,
                                title,
                                text(map.get("snippet")),
                                text(map.get("date")),
                                text(map.get("price")),
                                text(map.get("source")),
                                position,
                                List.of(query)));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().replaceAll("\\s+", " ").trim();
    }

    /** The same page, found once more. */
    Hit and(Hit again) {
        List<String> all = new ArrayList<>(queries);
        again.queries.stream().filter(query -> !all.contains(query)).forEach(all::add);
        return new Hit(
                url,
                address,
                title,
                snippet.isEmpty() ? again.snippet : snippet,
                date.isEmpty() ? again.date : date,
                price.isEmpty() ? again.price : price,
                seller.isEmpty() ? again.seller : seller,
                Math.min(position, again.position),
                List.copyOf(all));
    }

    /** What the result itself says. */
    String words() {
        String said = snippet.isEmpty() ? title : snippet;
        return price.isEmpty() || said.contains(price) ? said : said + " (" + price + ")";
    }

    /** Whether its own words try to instruct their reader. */
    boolean givesOrders() {
        return Passage.givesOrders(title) || Passage.givesOrders(snippet);
    }

    Source.Web source() {
        return new Source.Web(url, title);
    }
}
