/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.inference;

import ai.king.inference.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A budget that pays for everything, or for what costs nothing, and notes it. */
final class Purse implements Budget {

    final List<String> reserved = new ArrayList<>();
    final List<String> settled = new ArrayList<>();
    volatile boolean onlyFree;

    @Override
    public Reserved reserve(String payer, Optional<String> caller, String backend, long tokens, BigDecimal money) {
        reserved.add(payer + " " + backend);
        boolean refused = onlyFree && money.signum() > 0;
        return new Reserved() {
            @Override
            public Optional<Reply.Unavailable> refusal() {
                return refused
                        ? Optional.of(new Reply.Unavailable("no money", true, Optional.of(9L)))
                        : Optional.empty();
            }

            @Override
            public boolean everywhere() {
                return false;
            }

            @Override
            public void settle(long used, BigDecimal cost) {
                settled.add(
                        backend + " " + used + " " + cost.stripTrailingZeros().toPlainString());
            }
        };
    }

    @Override
    public Used today(String backend) {
        return new Used(0, BigDecimal.ZERO);
    }
}
