/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.console;

/** What became of a form. */
record Answered(boolean done, String words) {

    static Answered done(String words) {
        return new Answered(true, words);
    }

    static Answered refused(String words) {
        return new Answered(false, words);
    }

    /** The parameter with which the page that comes next says it. */
    String query() {
        return (done ? "said=" : "refused=") + ConsolePage.encoded(words);
    }
}
