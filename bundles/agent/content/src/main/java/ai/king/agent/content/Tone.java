/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a text speaks. No phrase claims anything about a product. */
enum Tone {
    PROFESSIONAL("Here are the facts on %s.", "Compare the facts and choose what fits your needs."),
    FRIENDLY("Nice to have you here! Let us look at %s.", "Take your time and pick what suits you."),
    CASUAL("So, you want to know about %s?", "Have a look and grab what you like."),
    ENTHUSIASTIC("Meet %s!", "Go ahead and find yours today!"),
    INFORMATIVE("This text explains what there is to know about %s.", "Use these facts to make your choice."),
    PERSUASIVE("Are you looking for %s? Then read on.", "Make up your mind now and put it in your basket."),
    FORMAL("We are pleased to present %s.", "We invite you to consider the details at your convenience.");

    private final String opening;
    private final String invitation;

    Tone(String opening, String invitation) {
        this.opening = opening;
        this.invitation = invitation;
    }

    String opening(String subject) {
        return opening.formatted(subject);
    }

    String invitation() {
        return invitation;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Tone::word).toList();
    }

    static Optional<Tone> of(String word) {
        return Arrays.stream(values())
                .filter(tone -> tone.word().equals(word.trim().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
