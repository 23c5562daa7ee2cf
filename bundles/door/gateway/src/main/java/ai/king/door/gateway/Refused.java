/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error as OpenAI's clients read it. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final @Nullable String parameter;
    private final String code;
    private final long retryAfterSeconds;

    private Refused(
            int status, String type, @Nullable String parameter, String code, long retryAfterSeconds, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.parameter = parameter;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** The request is wrong at one parameter. */
    static Refused input(String parameter, String message) {
        return new Refused(400, "invalid_request_error", parameter, "invalid_value", 0, message);
    }

    static Refused of(int status, String code, String message) {
        return new Refused(status, "invalid_request_error", null, code, 0, message);
    }

    /** Nothing is wrong with the request: it may be repeated after some seconds. */
    static Refused later(int status, String code, long seconds, String message) {
        return new Refused(status, status == 429 ? "rate_limit_error" : "server_error", null, code, seconds, message);
    }

    int status() {
        return status;
    }

    /** 0 when repeating does not help. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    Map<String, Object> body() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", String.valueOf(getMessage()));
        error.put("type", type);
        error.put("param", parameter);
        error.put("code", code);
        return Map.of("error", error);
    }
}
