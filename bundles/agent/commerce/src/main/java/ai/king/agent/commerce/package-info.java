/** Runs the shop: catalogue, stock, prices, orders and their delivery, orders at suppliers. */
@NullMarked
package ai.king.agent.commerce;

import org.jspecify.annotations.NullMarked;
