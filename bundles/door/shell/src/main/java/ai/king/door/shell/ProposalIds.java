/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.evolution.Evolution;
import ai.king.evolution.Proposal;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** The newest proposals. */
@Service
public final class ProposalIds implements Completer {

    @Reference
    @Nullable
    Evolution evolution;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (evolution == null) {
            return -1;
        }
        StringsCompleter known = new StringsCompleter();
        evolution.page(null, 50).items().stream().map(Proposal::id).forEach(known.getStrings()::add);
        return known.complete(session, line, candidates);
    }
}
