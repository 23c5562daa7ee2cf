/** Runs the shop: stock, prices and orders at suppliers. */
@NullMarked
package ai.king.agent.commerce;

import org.jspecify.annotations.NullMarked;
