/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.lib.wire;

import ai.king.inference.Reply;
import dev.langchain4j.internal.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a failed call means for the caller, in words without secrets. */
public final class Failures {

    private static final int LONGEST = 300;
    private static final Pattern TOKENS =
            Pattern.compile("(?i)\\b(sk|pk|hf|gsk|xai|key)[-_][\\w*.-]{6,}|\\bbearer\\s+\\S+");

    private final String key;

    /**
     * @param key what must not be told; may be empty
     */
    public Failures(String key) {
        this.key = key;
    }

    /** The failure as a reply; retriable when another backend or a later attempt may help. */
    public Reply.Unavailable of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused(refused);
            }
            if (cause instanceof SocketTimeoutException) {
                return unavailable("timed out: " + cause.getMessage(), true);
            }
            if (cause instanceof InterruptedIOException) {
                return unavailable("interrupted", true);
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return unavailable("cannot be reached", true);
            }
            if (cause.getClass().getName().startsWith("com.fasterxml.jackson")) {
                break;
            }
            if (cause instanceof IllegalArgumentException) {
                return unavailable("the prompt cannot be sent: " + cause.getMessage(), false);
            }
            if (cause instanceof IOException && !(cause.getCause() instanceof IOException)) {
                return unavailable("connection failed: " + cause.getMessage(), true);
            }
        }
        Throwable known =
                failure instanceof UncheckedIOException && failure.getCause() != null ? failure.getCause() : failure;
        return unavailable("answered something that is no chat completion: " + known.getMessage(), true);
    }

    /** A text with the key and anything that looks like one struck out, at most 300 characters. */
    String safe(String text) {
        String struck = key.isEmpty() ? text : text.replace(key, "***");
        struck =
                TOKENS.matcher(struck).replaceAll("***").replaceAll("\\s+", " ").strip();
        return struck.length() <= LONGEST ? struck : struck.substring(0, LONGEST) + "...";
    }

    private Reply.Unavailable refused(Refused refused) {
        int status = refused.statusCode();
        boolean retriable = status == 408 || status == 429 || status >= 500;
        String what = status == 429 ? "too many requests" : status >= 500 ? "server error" : "refused the request";
        return new Reply.Unavailable(
                safe(status + " " + what + ": " + message(String.valueOf(refused.getMessage()))),
                retriable,
                refused.retryAfterSeconds());
    }

    private Reply.Unavailable unavailable(String reason, boolean retriable) {
        return new Reply.Unavailable(safe(reason), retriable, Optional.empty());
    }

    /** The message of an error envelope; what is none is shown as it came. */
    private static String message(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return body;
        }
        try {
            Map<?, ?> envelope = Json.fromJson(body, Map.class);
            Object error = envelope.get("error") == null ? envelope : envelope.get("error");
            return error instanceof Map<?, ?> map && map.get("message") instanceof String text
                    ? text
                    : String.valueOf(error);
        } catch (RuntimeException e) {
            return body;
        }
    }
}
