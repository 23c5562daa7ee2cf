/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.util.Optional;

/**
 * The description of a tool: it feeds the gate, the model, REST, the shell and the console.
 *
 * @param name the name callers use, {@code family.operation} in lower case, such as {@code storefront.set_price}
 * @param description one sentence a model and a person can choose by
 * @param schema JSON Schema (2020-12) of the arguments as text; its root type is object
 * @param effect what a call does to the world
 * @param spend where the amount stands; present exactly for {@link Effect#SPEND}
 */
public record ToolSpec(String name, String description, String schema, Effect effect, Optional<Spend> spend) {

    public ToolSpec {
        if ((effect == Effect.SPEND) != spend.isPresent()) {
            throw new IllegalArgumentException(name + ": spend is declared exactly for the effect SPEND");
        }
    }

    /** A tool that spends nothing. */
    public static ToolSpec of(String name, String description, String schema, Effect effect) {
        return new ToolSpec(name, description, schema, effect, Optional.empty());
    }
}
