/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.business.Business;
import ai.king.business.Businesses;
import ai.king.store.Store;
import java.time.LocalDate;

/** Answers questions about one business from one consistent state of what is stored. */
final class Answers {

    /** How far back "how is the business" looks. */
    private static final int LATELY_DAYS = 29;

    private final Store store;
    private final Businesses businesses;

    Answers(Store store, Businesses businesses) {
        this.store = store;
        this.businesses = businesses;
    }

    /** What is stored about it; what is not is said to be missing. */
    Answer of(Question question, Topic topic, Business business, LocalDate today) {
        if (question.unclear().isPresent()) {
            return Answer.of("I do not know which days \"" + question.unclear().get()
                    + "\" means. Please say dates, a month, a quarter or a year.");
        }
        Span span = question.span(today);
        if (span.from().isAfter(today) && topic != Topic.TARGETS) {
            return Answer.of("No data: " + span + " has not begun. A forecast is work for an agent: ask me to"
                    + " make one and I file it as a goal.");
        }
        return store.read(reader -> compute(question, topic, business, today));
    }

    private Answer compute(Question asked, Topic topic, Business business, LocalDate today) {
        Question question = topic == Topic.STATE && asked.spans().isEmpty()
                ? asked.during(new Span(today.minusDays(LATELY_DAYS), today, "the last 30 days"))
                : asked;
        Shelf shelf = new Shelf(business, businesses.data(business.id()));
        Sieve sieve = Sieve.of(question, shelf);
        if (sieve.close().isPresent()) {
            return Answer.of("I know no article by " + String.join(" ", question.words())
                    + ", so I give no figure. Close are: " + sieve.close().get() + ".");
        }
        Sales sales = new Sales(shelf, question, sieve, today);
        Accounts accounts = new Accounts(shelf, question, sieve, today, businesses);
        Goods goods = new Goods(shelf, question, sieve, today);
        Standing standing = new Standing(shelf, question, sieve, today, businesses);
        return switch (topic) {
            case STOCK -> goods.stock(false);
            case LOW_STOCK -> goods.stock(true);
            case PRICE -> goods.price().orElseGet(accounts::costs);
            case SUPPLIERS -> goods.suppliers();
            case ADVERTISING -> accounts.advertising();
            case COSTS -> accounts.costs();
            case PROFIT, MARGIN -> accounts.profit(topic);
            case CASH -> accounts.cash();
            case CONVERSION, BOUNCE, CHURN, SESSIONS -> standing.metric(topic);
            case TARGETS -> standing.targets();
            case STATE -> standing.health();
            case DOCUMENTS -> standing.documents();
            default -> sales.answer(topic);
        };
    }
}
