/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import dev.langchain4j.exception.HttpException;
import java.util.Optional;

/** The far side answered with an error: its status, its message as it sent it, and when to come back. */
public final class Refused extends HttpException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Long> retryAfterSeconds;

    public Refused(int status, String body, Optional<Long> retryAfterSeconds) {
        super(status, body);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public Optional<Long> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
