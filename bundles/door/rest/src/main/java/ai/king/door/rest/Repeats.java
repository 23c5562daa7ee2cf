/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import ai.king.store.Actor.RequestKey;
import ai.king.store.Json;
import ai.king.store.RequestLog;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Requests with an {@code Idempotency-Key}: the same key and body gets the first answer again. */
final class Repeats {

    static final String HEADER = "Idempotency-Key";
    /** Says on an answer that it is an earlier one. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final int STORED_LIMIT = 200;

    private final Engines engines;
    private final Recovered recovered;
    private final Set<String> serving = ConcurrentHashMap.newKeySet();

    Repeats(Engines engines) {
        this.engines = engines;
        this.recovered = new Recovered(engines);
    }

    /** The stored form of a client's key: nobody meets another person's key or one of another path. */
    RequestKey key(Identity who, String path, String given, String digest) {
        if (!KEY.matcher(given).matches()) {
            throw Refusal.at("Idempotency-Key", "must be 1 to 128 visible ASCII characters");
        }
        String key = who.name() + " POST " + path + " " + given;
        return new RequestKey(key.length() <= STORED_LIMIT ? key : Json.sha256(key), digest);
    }

    /** {@link Refusal} with 409 while the first request with it is being served here; else {@link #end} must follow. */
    void begin(RequestKey key) {
        if (!serving.add(key.key())) {
            throw Refusal.of(409, "the first request with this Idempotency-Key is still being served, come again");
        }
    }

    /** The request with this key is over. */
    void end(RequestKey key) {
        serving.remove(key.key());
    }

    /** What was answered to this key before; {@link Refusal} with 422 when that was for another body. */
    Optional<Earlier> earlier(RequestKey key, String path, Identity who) {
        Optional<RequestLog.Answer> found = engines.get(RequestLog.class).find(key.key());
        found.ifPresent(answer -> {
            if (!answer.digest().equals(key.digest())) {
                throw Refusal.at("Idempotency-Key", "was used for another request");
            }
        });
        return found.map(answer -> answer(answer, path, who));
    }

    void keep(RequestKey key, int status, byte[] body) {
        engines.get(RequestLog.class).answered(key.key(), status, new String(body, StandardCharsets.UTF_8));
    }

    /** Without a kept answer the work was done and the process ended before it answered: what it was about is known. */
    private Earlier answer(RequestLog.Answer answer, String path, Identity who) {
        Integer status = answer.status();
        String body = answer.body();
        return status == null || body == null
                ? recovered.answer(path, answer.subject(), who)
                : new Earlier(status, body);
    }

    /** An answer as it was given. */
    record Earlier(int status, String body) {}
}
