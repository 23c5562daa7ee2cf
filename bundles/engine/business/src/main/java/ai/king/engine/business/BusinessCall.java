/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.business;

import ai.king.business.Business;
import ai.king.store.Reader;
import ai.king.store.Store;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How every tool of this engine meets its call: which business, and wrong arguments become an answer. */
final class BusinessCall {

    private BusinessCall() {}

    /** Runs the work for the business of the call; what is missing or wrong is said without doing anything. */
    static ToolResult forBusiness(Store store, ToolCall call, Function<Business, ToolResult> work) {
        Optional<String> id = call.businessId();
        if (id.isEmpty()) {
            return new ToolResult.Missing(List.of("a business: say for which one the goal is"));
        }
        Optional<Business> business = store.read((Reader reader) -> reader.find(Business.class, id.get()));
        if (business.isEmpty()) {
            return new ToolResult.Failed("no business " + id.get(), false);
        }
        try {
            return work.apply(business.get());
        } catch (NoEffect nothing) {
            return nothing.answer;
        } catch (Arguments.Wrong wrong) {
            return new ToolResult.Failed(String.valueOf(wrong.getMessage()), false);
        }
    }

    /** Ends a transaction that changes nothing, as the store asks for a ledger entry with each; carries the answer out. */
    static final class NoEffect extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient ToolResult answer;

        NoEffect(ToolResult answer) {
            super("nothing to change", null, false, false);
            this.answer = answer;
        }
    }
}
