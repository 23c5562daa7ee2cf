/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent.content;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of text, each with what it has to keep. */
enum Form {
    BLOG_POST(300, true, "blog|article about|post about"),
    LANDING_PAGE(150, true, "landing page|home ?page|web ?page"),
    PRODUCT_DESCRIPTION(80, true, "product (?:description|text|page)s?|describe"),
    EMAIL_MARKETING(40, false, "e-?mails?|newsletters?|mailing"),
    SOCIAL_MEDIA(8, false, "social|tweets?|instagram|facebook|linkedin"),
    AD_COPY(8, false, "ads?|advertisements?|advert|ad copy"),
    PRESS_RELEASE(100, true, "press");

    /** The longest post that every large network takes whole. */
    static final int POST = 280;

    /** Headlines and descriptions of a search advertisement. */
    static final int HEADLINE = 30;

    static final int DESCRIPTION = 90;

    private final int leastWords;
    private final boolean page;
    private final Pattern asked;

    Form(int leastWords, boolean page, String asked) {
        this.leastWords = leastWords;
        this.page = page;
        this.asked = Pattern.compile("\\b(?:" + asked + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    String action() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return action().replace('_', ' ');
    }

    int leastWords() {
        return leastWords;
    }

    /** Whether people find it by a search engine, so that the SEO score says something about it. */
    boolean page() {
        return page;
    }

    static List<String> actions() {
        return Arrays.stream(values()).map(Form::action).toList();
    }

    static Optional<Form> named(String action) {
        return Arrays.stream(values())
                .filter(form -> form.action().equals(action))
                .findFirst();
    }

    /** The form that a goal in plain words asks for. */
    static Optional<Form> askedBy(String goal) {
        return Arrays.stream(values())
                .filter(form -> form.asked.matcher(goal).find())
                .findFirst();
    }

    /** Its limits as an order to who writes it. */
    String limits() {
        return switch (this) {
            case SOCIAL_MEDIA -> " The body is one plain post of at most " + POST + " characters.";
            case AD_COPY -> " The body is plain: three headlines of at most " + HEADLINE
                    + " characters, then two descriptions of at most " + DESCRIPTION
                    + " characters that end with a full stop, each on a line of its own.";
            case EMAIL_MARKETING -> " The title is the subject of the mail.";
            default -> "";
        };
    }

    /** What a draft breaks of the limits of its form, in words. */
    List<String> broken(Draft draft) {
        return switch (this) {
            case SOCIAL_MEDIA -> draft.body().length() <= POST
                    ? List.of()
                    : List.of("the post has " + draft.body().length() + " characters, at most " + POST);
            case AD_COPY -> draft.body()
                    .lines()
                    .filter(line -> line.length() > (line.endsWith(".") ? DESCRIPTION : HEADLINE))
                    .map(line -> "too long for an advertisement: " + line)
                    .toList();
            case EMAIL_MARKETING -> draft.title().length() <= SeoScore.TITLE_MOST
                    ? List.of()
                    : List.of("the subject has " + draft.title().length() + " characters, at most "
                            + SeoScore.TITLE_MOST);
            default -> List.of();
        };
    }
}
