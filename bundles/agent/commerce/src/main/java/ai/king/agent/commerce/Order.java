/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * An order of a customer, from the records or from the shop.
 *
 * @param id what the place it comes from knows it by
 * @param number what a person calls it
 * @param state the word of that place
 * @param pieces what is still to be delivered; empty when it is not known
 * @param amount what it is worth, as text; empty when it is not known
 * @param hold why it must not be shipped now; empty when nothing is in the way
 */
record Order(String id, String number, LocalDate day, String state, List<Piece> pieces, String amount, String hold) {

    /** So many of an article. */
    record Piece(String sku, BigDecimal quantity) {}

    /** In the order they came. */
    static final Comparator<Order> COMING = Comparator.comparing(Order::day).thenComparing(Order::number);

    long age(LocalDate today) {
        return ChronoUnit.DAYS.between(day, today);
    }
}
