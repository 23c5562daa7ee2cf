/** What a business earns, spends and can expect: profit and loss, cash, unit economics, forecasts. */
@NullMarked
package ai.king.agent.finance;

import org.jspecify.annotations.NullMarked;
