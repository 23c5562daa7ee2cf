/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Instants as {@code timestamp with time zone}. The drivers answer in different types; the H2 sessions run in UTC so that
 * no hour is told twice.
 */
@Converter(autoApply = true)
public class InstantColumn implements AttributeConverter<Instant, Object> {

    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable Instant value) {
        return value == null ? null : Timestamp.from(value);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value == null ? null : ((Timestamp) value).toInstant();
    }
}
