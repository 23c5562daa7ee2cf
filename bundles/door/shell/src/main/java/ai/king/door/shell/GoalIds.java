/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.shell;

import ai.king.work.Goal;
import ai.king.work.Goals;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** The newest goals. */
@Service
public final class GoalIds implements Completer {

    @Reference
    @Nullable
    Goals goals;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        if (goals == null) {
            return -1;
        }
        StringsCompleter known = new StringsCompleter();
        goals.page(Optional.empty(), Optional.empty(), null, 50).items().stream()
                .map(Goal::id)
                .forEach(known.getStrings()::add);
        return known.complete(session, line, candidates);
    }
}
