/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.access;

import java.util.Locale;

/** What a user may do; every one includes reading, and they add up. */
public enum Role {
    VIEWER,
    OPERATOR,
    APPROVER,
    LEGAL_APPROVER,
    DEVELOPER,
    ADMIN;

    /** As written in REST and on the command line: {@code legal-approver}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Throws {@link IllegalArgumentException} for a label that is no role. */
    public static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
