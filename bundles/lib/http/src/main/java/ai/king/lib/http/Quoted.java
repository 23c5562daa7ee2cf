/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.http;

import java.util.regex.Pattern;

/** What a service said, fit for a report: on one line, at most 300 characters, without the key and without what looks like one. */
public final class Quoted {

    private static final int LONGEST = 300;

    private final String key;
    private final Pattern alike;

    /**
     * @param key what must not be told; may be empty
     * @param alike what keys of this service look like, also shortened ones
     */
    public Quoted(String key, Pattern alike) {
        this.key = key;
        this.alike = alike;
    }

    public String of(String text) {
        String struck = key.isEmpty() ? text : text.replace(key, "***");
        struck = alike.matcher(struck).replaceAll("***").replaceAll("\\s+", " ").strip();
        return struck.length() <= LONGEST ? struck : struck.substring(0, LONGEST);
    }
}
