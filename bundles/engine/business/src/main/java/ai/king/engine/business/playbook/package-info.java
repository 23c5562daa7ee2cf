/** Playbooks: how their text is read, and how a business is taken through one. */
@NullMarked
package ai.king.engine.business.playbook;

import org.jspecify.annotations.NullMarked;
