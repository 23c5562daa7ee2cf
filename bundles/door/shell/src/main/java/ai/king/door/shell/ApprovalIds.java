/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.gate.Approval;
import ai.king.gate.Approvals;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** The open approvals. */
@Service
public final class ApprovalIds implements Completer {

    @Reference
    @Nullable
    Approvals approvals;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (approvals == null) {
            return -1;
        }
        StringsCompleter known = new StringsCompleter();
        approvals.page(Approvals.Filter.openQueue(), null, 50).items().stream()
                .map(Approval::id)
                .forEach(known.getStrings()::add);
        return known.complete(session, line, candidates);
    }
}
