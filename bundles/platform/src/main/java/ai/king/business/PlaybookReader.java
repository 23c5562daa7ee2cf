/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** Reads playbooks as people write them: YAML, or JSON, which is YAML too. On any thread; keeps nothing. */
@ProviderType
public interface PlaybookReader {

    /**
     * The playbook of a text. Throws {@link PlaybookRefused} for what is not of the schema, for unknown agents and
     * dependencies, circles, budgets that do not add up, and for what a text of this kind never needs: duplicate keys,
     * anchors, tags, more than one document.
     *
     * @param agent whether there is an agent of a name
     */
    Playbook read(String text, Predicate<String> agent);
}
