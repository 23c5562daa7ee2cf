/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.licence;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names, addresses and texts of licences as identifiers of SPDX; what is not surely one of them is none. */
final class Spdx {

    /** From special to general: the first that fits counts. */
    private static final Map<Pattern, String> NAMES = names();

    private static final Pattern IDENTIFIER =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9.+-]*-[A-Za-z0-9.+-]*\\d[A-Za-z0-9.+-]*"
                    + "|MIT|MIT-0|ISC|0BSD|Zlib|Unlicense|X11|WTFPL|BSD-\\d-Clause(-[A-Za-z-]+)?");

    private Spdx() {}

    private static Map<Pattern, String> names() {
        Map<Pattern, String> names = new LinkedHashMap<>();
        put(names, "affero|agpl", "AGPL-3.0-only");
        put(
                names,
                "classpath[- ]exception|gpl2 ?\\+ ?ce|gpl2 w/ cpe|gplv2\\+ce",
                "GPL-2.0-only WITH Classpath-exception-2.0");
        put(names, "lesser general public.*(version |v ?)3|lgpl[-, v]*3|/lgpl-3", "LGPL-3.0-only");
        put(names, "lesser general public.*(version |v ?)2\\.1|lgpl[-, v]*2\\.1|/lgpl-2\\.1", "LGPL-2.1-only");
        put(names, "lesser general public|library general public|lgpl", "LGPL-2.0-only");
        put(names, "general public license.*(version |v ?)3|gpl[-, v]*3|/gpl-3", "GPL-3.0-only");
        put(names, "gnu general public|\\bgpl", "GPL-2.0-only");
        put(names, "server side public|sspl", "SSPL-1.0");
        put(names, "business source|busl", "BUSL-1.1");
        put(names, "elastic license", "Elastic-2.0");
        put(names, "apache.*2(\\.0)?\\b|apache.*version 2|licenses/license-2\\.0", "Apache-2.0");
        put(names, "eclipse public.*2|epl[- v]*2|/epl-2\\.0|/epl-v20", "EPL-2.0");
        put(names, "eclipse public|epl[- v]*1|/epl-v10", "EPL-1.0");
        put(names, "eclipse distribution|edl[- v]*1|edl-v10", "BSD-3-Clause");
        put(names, "mozilla public.*2|mpl[- v]*2", "MPL-2.0");
        put(names, "mozilla public.*1\\.1|mpl[- v]*1\\.1", "MPL-1.1");
        put(names, "common development and distribution.*1\\.1|cddl[- v]*1\\.1", "CDDL-1.1");
        put(names, "common development and distribution|cddl", "CDDL-1.0");
        put(names, "bsd[- ]?2|2[- ]clause|simplified bsd|freebsd", "BSD-2-Clause");
        put(names, "bsd[- ]?3|3[- ]clause|new bsd|revised bsd|modified bsd", "BSD-3-Clause");
        put(names, "cc0|creative commons zero", "CC0-1.0");
        put(names, "mit[- ]0|mit no attribution", "MIT-0");
        put(names, "\\bmit\\b|/licenses/mit", "MIT");
        put(names, "\\bisc\\b", "ISC");
        put(names, "unlicense", "Unlicense");
        put(names, "universal permissive|\\bupl\\b", "UPL-1.0");
        put(names, "boost software", "BSL-1.0");
        put(names, "\\bzlib\\b", "Zlib");
        return names;
    }

    private static void put(Map<Pattern, String> names, String expression, String identifier) {
        names.put(Pattern.compile(expression), identifier);
    }

    /** Whether it is an identifier itself, and no name that means one. */
    static boolean identifies(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    /** A licence as a pom or a manifest names it. */
    static Optional<String> ofName(String name) {
        String plain = name.strip();
        if (identifies(plain)) {
            return Optional.of(plain);
        }
        String small = plain.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(small).find())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A whole licence text, by the sentences that only it has. */
    static Optional<String> ofText(String text) {
        String small = text.toLowerCase(Locale.ROOT).replaceAll("[\\s*/#]+", " ");
        String head = small.substring(0, Math.min(small.length(), 600));
        if (small.contains("permission is hereby granted, free of charge, to any person obtaining a copy")) {
            return Optional.of(
                    small.contains("the above copyright notice and this permission notice") ? "MIT" : "MIT-0");
        }
        if (small.contains("redistribution and use in source and binary forms")) {
            return Optional.of(
                    small.contains("neither the name") || small.contains("may not be used to endorse")
                            ? "BSD-3-Clause"
                            : "BSD-2-Clause");
        }
        if (small.contains("permission to use, copy, modify, and or distribute this software for any purpose")
                || small.contains("permission to use, copy, modify, and distribute this software for any purpose")) {
            return Optional.of("ISC");
        }
        return ofName(head);
    }
}
