/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import java.util.List;
import java.util.stream.Collectors;

/** A text is no playbook; says where and why. */
public final class PlaybookRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    public PlaybookRefused(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** In the order of their lines; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    /** @param line of the text, from 1 */
    public record Fault(int line, String reason) {

        @Override
        public String toString() {
            return "line " + line + ": " + reason;
        }
    }
}
