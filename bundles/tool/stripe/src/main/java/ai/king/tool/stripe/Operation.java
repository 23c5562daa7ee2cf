/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.stripe;

import ai.king.tool.Effect;
import ai.king.tool.Spend;
import ai.king.tool.ToolSpec;
import java.util.Arrays;
import java.util.Optional;

/** What this bundle can do, each under its own name. */
enum Operation {
    REFUND(new ToolSpec(
            "stripe.refund",
            "Gives a customer back all or part of a payment.",
            """
            {"type":"object","additionalProperties":false,"required":["payment","amount","currency"],"properties":{
              "payment":{"type":"string","pattern":"^pi_[A-Za-z0-9]{4,100}$","description":"the payment intent"},
              "amount":{"type":"string","pattern":"^[0-9]{1,10}(\\\\.[0-9]{1,3})?$"},
              "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
              "reason":{"type":"string","enum":["duplicate","fraudulent","requested_by_customer"]}}}
            """,
            Effect.SPEND,
            Optional.of(new Spend("amount", "currency", "payment")))),
    TRANSFER(new ToolSpec(
            "stripe.transfer",
            "Pays money from the Stripe balance to a connected account, such as a supplier's.",
            """
            {"type":"object","additionalProperties":false,"required":["destination","amount","currency"],"properties":{
              "destination":{"type":"string","pattern":"^acct_[A-Za-z0-9]{4,100}$"},
              "amount":{"type":"string","pattern":"^[0-9]{1,10}(\\\\.[0-9]{1,3})?$"},
              "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
              "description":{"type":"string","maxLength":200}}}
            """,
            Effect.SPEND,
            Optional.of(new Spend("amount", "currency", "destination")))),
    PAYMENT_LINK(ToolSpec.of(
            "stripe.payment_link",
            "Makes a page where customers can pay for an article.",
            """
            {"type":"object","additionalProperties":false,"required":["name","amount","currency"],"properties":{
              "name":{"type":"string","minLength":1,"maxLength":200},
              "amount":{"type":"string","pattern":"^[0-9]{1,10}(\\\\.[0-9]{1,3})?$"},
              "currency":{"type":"string","pattern":"^[A-Z]{3}$"},
              "quantity":{"type":"integer","minimum":1,"maximum":1000}}}
            """,
            Effect.PUBLISH)),
    BALANCE(ToolSpec.of(
            "stripe.balance",
            "Says how much money the Stripe account holds, available and on its way.",
            """
            {"type":"object","additionalProperties":false,"properties":{}}
            """,
            Effect.READ_OUTSIDE));

    private final ToolSpec spec;

    Operation(ToolSpec spec) {
        this.spec = spec;
    }

    ToolSpec spec() {
        return spec;
    }

    static Operation named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.spec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no operation " + name));
    }
}
