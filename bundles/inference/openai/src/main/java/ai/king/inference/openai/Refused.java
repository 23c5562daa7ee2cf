/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference.openai;

import dev.langchain4j.exception.HttpException;
import java.util.Optional;

/** The far side answered with an error: its status, its message as it sent it, and when to come back. */
final class Refused extends HttpException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Long> retryAfterSeconds;

    Refused(int status, String body, Optional<Long> retryAfterSeconds) {
        super(status, body);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    Optional<Long> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
