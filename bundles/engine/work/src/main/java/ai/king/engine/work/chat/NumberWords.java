/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work.chat;

/** Small numbers by their words or digits. */
final class NumberWords {

    private NumberWords() {}

    static int ordinal(String word) {
        return switch (word) {
            case "first", "1st" -> 1;
            case "second", "2nd" -> 2;
            case "third", "3rd" -> 3;
            default -> 4;
        };
    }

    static int number(String word) {
        return switch (word) {
            case "two" -> 2;
            case "three" -> 3;
            case "four" -> 4;
            case "five" -> 5;
            case "six" -> 6;
            case "seven" -> 7;
            case "ten" -> 10;
            case "twelve" -> 12;
            case "thirty" -> 30;
            case "ninety" -> 90;
            default -> Integer.parseInt(word);
        };
    }
}
