/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool.images;

import java.util.Locale;
import java.util.Map;

/**
 * A picture somebody wants.
 *
 * @param size as the service writes it
 * @param name of the file, without ending
 */
record Wish(String prompt, String size, String name) {

    private static final Map<String, String> SIZES =
            Map.of("square", "1024x1024", "wide", "1536x1024", "tall", "1024x1536");

    static Wish of(Map<String, Object> arguments) {
        boolean product = "product".equals(arguments.get("kind"));
        String subject = String.valueOf(arguments.get("subject")).strip();
        String style = arguments.get("style") instanceof String given && !given.isBlank()
                ? given.strip()
                : product ? "photorealistic, soft studio light" : "modern, clean, few colours";
        String prompt = product
                ? "Professional product photograph of " + subject
                        + ". The whole product, centred, sharp, on a plain white "
                        + "background, no text, no logo, no people. Style: " + style + "."
                : "Illustration for a blog article about " + subject + ". No text in the picture. Style: " + style
                        + ".";
        String shape = String.valueOf(arguments.getOrDefault("shape", product ? "square" : "wide"));
        return new Wish(prompt, SIZES.getOrDefault(shape, "1024x1024"), name(arguments, subject));
    }

    private static String name(Map<String, Object> arguments, String subject) {
        String wanted = String.valueOf(arguments.getOrDefault("name", subject));
        String plain = wanted.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-+|-+$", "");
        String cut = plain.length() <= 60 ? plain : plain.substring(0, 60);
        return cut.isEmpty() ? "picture" : cut;
    }
}
