/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.content;

import ai.king.evolution.Release.Item;
import ai.king.gate.Risk;
import java.util.List;

/**
 * One change that brings no code. Made of what a proposal says, and the same for the same words: {@link IllegalArgumentException}
 * where that is not even a change of its kind.
 */
public interface Content {

    /** What it has at stake. */
    Risk risk();

    /** The items of a release with the change. Throws {@link IllegalArgumentException} when it does not fit them. */
    List<Item> apply(List<Item> items);

    /** What changes, as people read it before they vote. */
    List<String> lines(List<Item> before);
}
