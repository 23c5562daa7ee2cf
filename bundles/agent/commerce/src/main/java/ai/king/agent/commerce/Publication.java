/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import ai.king.agent.Outcome;
import ai.king.agent.Report;
import ai.king.agent.Source;
import ai.king.tool.ToolResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts articles on sale in the shop that were asked for by name, and whose records are complete. */
final class Publication {

    private final List<Offer> offers;
    private final Shop shop;
    private final Shop.Reading<Shop.Listed> listed;
    private final List<String> published = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();

    Publication(List<Offer> offers, Shop shop, Shop.Reading<Shop.Listed> listed) {
        this.offers = offers;
        this.shop = shop;
        this.listed = listed;
    }

    /** Publishes; empty when each article has its row, else why the task ends here. */
    Optional<Outcome> perform(Asked asked, List<Source> records) {
        sources.addAll(records);
        if (asked.all()) {
            return Optional.of(new Outcome.Declined(
                    List.of("publish: the numbers of the articles to put on sale, such as [\"A-1\"]")));
        }
        if (listed.refused().isPresent()) {
            return Optional.of(ended(asked.some().toString(), listed.refused().get()));
        }
        for (String sku : asked.some()) {
            Optional<String> why = refusal(sku);
            if (why.isPresent()) {
                rows.add(List.of(sku, "not published: " + why.get()));
                continue;
            }
            ToolResult result = publish(sku);
            if (result instanceof ToolResult.Ok) {
                published.add(sku);
                rows.add(List.of(sku, "on sale"));
            } else if (result instanceof ToolResult.Failed failed && !failed.retriable()) {
                rows.add(List.of(sku, "not published: " + failed.reason()));
            } else {
                return Optional.of(ended(sku, result));
            }
        }
        return Optional.empty();
    }

    List<String> published() {
        return List.copyOf(published);
    }

    Report.Section section() {
        return new Report.Section(
                "Published",
                List.of(new Report.Table("Put on sale in the shop", List.of("Article", ""), rows, sources)));
    }

    private static Outcome ended(String what, ToolResult result) {
        if (result instanceof ToolResult.Missing missing) {
            return new Outcome.Declined(missing.missing().stream()
                    .map(each -> "to publish " + what + ": " + each)
                    .toList());
        }
        return new Outcome.Failed(
                what + ": " + Shop.reason(result), result instanceof ToolResult.Failed failed && failed.retriable());
    }

    private Optional<String> refusal(String sku) {
        Optional<Offer> offer =
                offers.stream().filter(each -> each.sku().equals(sku)).findFirst();
        List<Shop.Listed> there = there(sku);
        if (offer.isEmpty()) {
            return Optional.of("no article of the records has this number");
        }
        if (!offer.get().gaps().isEmpty()) {
            return Optional.of(String.join(", ", offer.get().gaps()));
        }
        if (there.size() > 1) {
            return Optional.of("several articles of the shop have this number");
        }
        if (there.isEmpty()) {
            return listed.cut()
                    ? Optional.of("the shop holds more articles than were read, perhaps this one, too")
                    : Optional.empty();
        }
        if (there.get(0).onSale()) {
            return Optional.of("it is on sale already");
        }
        return ShopDifferences.samePrice(offer.get().price(), there.get(0).price())
                ? Optional.empty()
                : Optional.of("the shop has another price: " + there.get(0).price());
    }

    private List<Shop.Listed> there(String sku) {
        return listed.found().stream().filter(each -> each.sku().equals(sku)).toList();
    }

    /** An article that the shop does not have is drafted first; a draft alone shows nobody anything. */
    private ToolResult publish(String sku) {
        List<Shop.Listed> there = there(sku);
        if (!there.isEmpty()) {
            return shop.publish(there.get(0).product());
        }
        Offer offer = offers.stream()
                .filter(each -> each.sku().equals(sku))
                .findFirst()
                .orElseThrow();
        String price = offer.price().map(BigDecimal::toPlainString).orElseThrow();
        ToolResult draft = shop.draft(sku, offer.name().isEmpty() ? sku : offer.name(), price);
        if (!(draft instanceof ToolResult.Ok ok)) {
            return draft;
        }
        return shop.publish(String.valueOf(ok.data().get("product")));
    }
}
