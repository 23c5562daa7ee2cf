/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

import ai.king.inference.Listener;

/**
 * Lets a model's words through sentence by sentence while it speaks: a sentence with a number that is not known never
 * reaches the person. For one answer, on one thread.
 */
final class Prose implements Listener {

    /** Characters of an answer at most; a model that never ends is ended. */
    static final int MOST = 8_000;

    private final Quantities known;
    private final Listener person;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder said = new StringBuilder();
    private int dropped;

    /** The answer is long enough. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("the answer is long enough", null, false, false);
        }
    }

    Prose(Quantities known, Listener person) {
        this.known = known;
        this.person = person;
    }

    @Override
    public void onText(String piece) {
        held.append(piece);
        for (int end = end(); end > 0; end = end()) {
            pass(end);
        }
        if (said.length() + held.length() > MOST) {
            throw new Enough();
        }
    }

    /** Where the first whole sentence ends, with the space behind it; 0 when there is none yet. */
    private int end() {
        for (int i = 0; i < held.length() - 1; i++) {
            char c = held.charAt(i);
            boolean stops =
                    c == '\n' || (c == '.' || c == '!' || c == '?') && Character.isWhitespace(held.charAt(i + 1));
            if (stops && !mark(i)) {
                return c == '\n' ? i + 1 : i + 2;
            }
        }
        return 0;
    }

    /** The point of "1." at the start of a line ends no sentence. */
    private boolean mark(int at) {
        return held.charAt(at) == '.' && held.substring(0, at).matches("(?s)\\s*\\d{1,2}");
    }

    private void pass(int end) {
        String sentence = held.substring(0, end);
        held.delete(0, end);
        if (known.cover(sentence)) {
            said.append(sentence);
            person.onText(sentence);
        } else {
            dropped++;
        }
    }

    /** The answer is over; what was held goes through or not. */
    void end(boolean whole) {
        if (held.length() > 0 && (whole || said.length() == 0)) {
            pass(held.length());
        }
        held.setLength(0);
    }

    String said() {
        return said.toString();
    }

    /** Sentences that were kept back. */
    int dropped() {
        return dropped;
    }
}
