/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.util.List;
import java.util.Map;

/** How a task ended. */
public sealed interface Outcome {

    /**
     * The task is done.
     *
     * @param data JSON values for the steps that come after
     * @param report what a person reads; {@link Report#none()} when there is nothing to say
     */
    record Done(Map<String, Object> data, Report report) implements Outcome {}

    /** The task cannot be done until something is supplied: data, a key, a document. Each entry says what. */
    record Declined(List<String> missing) implements Outcome {}

    /** The task failed; {@code retriable} when another attempt may succeed. */
    record Failed(String reason, boolean retriable) implements Outcome {}
}
