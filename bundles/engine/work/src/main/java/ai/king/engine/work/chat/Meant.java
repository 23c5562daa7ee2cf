/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.business.Business;
import ai.king.business.Businesses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds which business a message means; empty where that cannot be told. */
final class Meant {

    private final Businesses businesses;

    Meant(Businesses businesses) {
        this.businesses = businesses;
    }

    /** What the message is about: what the request says, its own words, the conversation, or the only business there is. */
    Optional<Business> business(String message, Talk.Place place) {
        if (place.given() != null) {
            return businesses.find(place.given());
        }
        Optional<Business> named = named(message, false);
        if (named.isPresent()) {
            return named;
        }
        if (place.known() != null) {
            Optional<Business> known = businesses.find(place.known());
            if (known.isPresent()) {
                return known;
            }
        }
        List<Business> some = businesses.page(null, 2).items();
        return some.size() == 1 ? Optional.of(some.get(0)) : Optional.empty();
    }

    /**
     * The one business that the words name.
     *
     * @param alone whether a word of its name is enough, because the message answers which one
     */
    Optional<Business> named(String message, boolean alone) {
        String said = message.toLowerCase(Locale.ROOT);
        List<Business> all = businesses.page(null, 200).items();
        List<Business> whole = all.stream()
                .filter(one -> said.contains(one.name().toLowerCase(Locale.ROOT)))
                .toList();
        List<Business> found = whole.isEmpty() && alone
                ? all.stream()
                        .filter(one -> said.strip().length() >= 3
                                && one.name().toLowerCase(Locale.ROOT).contains(said.strip()))
                        .toList()
                : whole;
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
