/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store.entity;

import java.sql.Timestamp;
import java.time.Instant;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Instants as {@code timestamp with time zone}; the H2 sessions run in UTC so that no hour is told twice. */
@Converter(autoApply = true)
public class InstantColumn implements AttributeConverter<Instant, Timestamp> {

    @Override
    public @Nullable Timestamp convertToDatabaseColumn(@Nullable Instant value) {
        return value == null ? null : Timestamp.from(value);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Timestamp value) {
        return value == null ? null : value.toInstant();
    }
}
