/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final List<String> FACTS = List.of("Price 1250.50 USD", "Size 2 kg", "Hypoallergenic Pouches");

    @Test
    void knowsANumberInAnotherSpelling() {
        assertThat(Claims.unsupported("It costs 1,250.50 or 1250.5, for 2.0 kg.\n1. Look\n2. Choose", FACTS))
                .isEmpty();
    }

    @Test
    void findsNumbersPromisesAddressesAndMarkup() {
        assertThat(Claims.unsupported("Only 12.50, guaranteed! Write to a@b.org <b>", FACTS))
                .containsExactlyInAnyOrder("12.50", "guaranteed", "a@b.org", "<b>");
    }

    @Test
    void letsAWordStandThatAFactCarries() {
        assertThat(Claims.unsupported("These pouches are hypoallergenic.", FACTS))
                .isEmpty();
        assertThat(Claims.unsupported("These pouches are organic.", FACTS)).containsExactly("organic");
    }

    @Test
    void readsOddNumbersWithoutFailing() {
        assertThat(Claims.unsupported("1.2.3 4,5,6 1,000,000 7,50", FACTS)).hasSize(4);
    }
}
