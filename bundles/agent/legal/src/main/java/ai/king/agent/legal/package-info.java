/** Checks texts against legal checklists, reads contracts, and drafts from templates; no legal advice. */
@NullMarked
package ai.king.agent.legal;

import org.jspecify.annotations.NullMarked;
