/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.commerce;

import static org.osgi.service.component.annotations.ConfigurationPolicy.REQUIRE;

import ai.king.agent.Agent;
import ai.king.agent.AgentContext;
import ai.king.agent.AgentName;
import ai.king.agent.AgentProfile;
import ai.king.agent.BusinessData;
import ai.king.agent.Outcome;
import ai.king.agent.Task;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Looks after catalogue, stock, prices and orders, and buys at suppliers; what it changes or spends goes through tools and so the gate. */
@Component(configurationPid = "ai.king.agent.commerce", configurationPolicy = REQUIRE)
@Designate(ocd = CommerceAgent.Config.class, factory = true)
@AgentName("commerce")
@AgentProfile(
        description = "Looks after the catalogue, stock, prices and orders of a shop and orders goods at suppliers",
        tools = {
            "storefront.set_price",
            "suppliers.purchase",
            Shop.PRODUCTS,
            Shop.ORDERS,
            Shop.DRAFT,
            Shop.PUBLISH,
            Shop.FULFIL
        },
        capabilities = {
            "catalogue: says what is offered, what each article brings, what its record lacks and where the shop differs",
            "orders: says which orders are open, late, returned or cancelled, the largest ones and those that look wrong",
            "fulfilment: says which open orders can be shipped from stock and what is short, and ships them when asked",
            "inventory: says what is in stock, how long it lasts and what runs low",
            "price: raises prices that leave less than the minimum margin",
            "reorder: orders what is at or below its reorder point, one order a supplier"
        })
public final class CommerceAgent implements Agent {

    @ObjectClassDefinition(name = "Commerce agent", description = "Catalogue, stock, prices and orders of a shop")
    @interface Config {
        @AttributeDefinition(description = "Price = unit cost times this, rounded to .99")
        String markup() default "2.5";

        @AttributeDefinition(description = "Least share of the price above the unit cost, in percent")
        int minimum_margin() default 30;

        @AttributeDefinition(description = "Pieces from which an article without a reorder point counts as low")
        int low_stock() default 10;

        @AttributeDefinition(description = "Days of sales an order should cover after it arrived")
        int cover_days() default 30;

        @AttributeDefinition(
                description = "Days back in which an article must have sold to count as sold in the catalogue")
        int sold_days() default 90;

        @AttributeDefinition(description = "Days after which an open order counts as late")
        int late_days() default 3;

        @AttributeDefinition(
                description = "States of orders in the records that are still to be shipped, with commas between")
        String open_states() default "open";
    }

    private final Inventory inventory;
    private final Pricing pricing;
    private final Reordering reordering;
    private final Catalogue catalogue;
    private final Orders orders;
    private final Fulfilment fulfilment;

    @Activate
    public CommerceAgent(Config config) {
        inventory = new Inventory(config.low_stock());
        BigDecimal minimumMargin = BigDecimal.valueOf(config.minimum_margin()).movePointLeft(2);
        Set<String> openStates =
                new TreeSet<>(List.of(config.open_states().strip().split("\\s*,\\s*")));
        pricing = new Pricing(new BigDecimal(config.markup()), minimumMargin);
        reordering = new Reordering(inventory, config.cover_days());
        catalogue = new Catalogue(inventory, minimumMargin, config.sold_days());
        orders = new Orders(openStates, config.late_days());
        fulfilment = new Fulfilment(inventory, openStates);
    }

    @Override
    public Outcome perform(Task task, AgentContext context) {
        Optional<BusinessData> business = context.business();
        if (business.isEmpty()) {
            return new Outcome.Declined(List.of("a business: name one with the goal"));
        }
        return switch (task.action()) {
            case "", "inventory" -> inventory.report(business.get());
            case "price" -> pricing.change(business.get(), context);
            case "catalogue" -> catalogue.report(task, business.get(), context);
            case "orders" -> orders.report(task, business.get(), context);
            case "fulfilment" -> fulfilment.perform(task, business.get(), context);
            case "reorder" -> reordering.order(business.get(), context);
            default -> new Outcome.Failed("commerce has no action " + task.action(), false);
        };
    }
}
