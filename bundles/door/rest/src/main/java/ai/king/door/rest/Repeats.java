/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.store.Actor.RequestKey;
import ai.king.store.Json;
import ai.king.store.RequestLog;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Requests with an {@code Idempotency-Key}: the same key and body gets the first answer again. */
final class Repeats {

    static final String HEADER = "Idempotency-Key";
    /** Says on an answer that it is an earlier one. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final int STORED_LIMIT = 200;

    private final Engines engines;

    Repeats(Engines engines) {
        this.engines = engines;
    }

    /** The stored form of a client's key: nobody meets another person's key or one of another path. */
    RequestKey key(Identity who, String path, String given, String digest) {
        if (!KEY.matcher(given).matches()) {
            throw Refusal.at("Idempotency-Key", "must be 1 to 128 visible ASCII characters");
        }
        String key = who.name() + " POST " + path + " " + given;
        return new RequestKey(key.length() <= STORED_LIMIT ? key : Json.sha256(key), digest);
    }

    /** What was answered to this key before; {@link Refusal} with 422 when that was for another body. */
    Optional<Earlier> earlier(RequestKey key) {
        Optional<RequestLog.Answer> found = engines.get(RequestLog.class).find(key.key());
        found.ifPresent(answer -> {
            if (!answer.digest().equals(key.digest())) {
                throw Refusal.at("Idempotency-Key", "was used for another request");
            }
        });
        return found.map(Repeats::answer);
    }

    void keep(RequestKey key, int status, byte[] body) {
        engines.get(RequestLog.class).answered(key.key(), status, new String(body, StandardCharsets.UTF_8));
    }

    /** Without a kept answer the work was done and the process ended before it answered: what it was about is known. */
    private static Earlier answer(RequestLog.Answer answer) {
        Integer status = answer.status();
        String body = answer.body();
        return status == null || body == null
                ? new Earlier(200, Json.write(Map.of("id", answer.subject())))
                : new Earlier(status, body);
    }

    /** An answer as it was given. */
    record Earlier(int status, String body) {}
}
