/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.window;

import java.util.Locale;

/** What a text is to the model, with its share of the window in percent; what one leaves goes to the next. */
public enum Part {
    SYSTEM(5),
    STATE(15),
    SOURCE(20),
    MEMORY(15),
    CONVERSATION(15),
    BUSINESS(15),
    TASKS(10),
    HISTORY(5);

    private final int percent;

    Part(int percent) {
        this.percent = percent;
    }

    int share(int tokens) {
        return (int) ((long) tokens * percent / 100);
    }

    /** As it stands in a prompt. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
