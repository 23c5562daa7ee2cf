/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.math.BigDecimal;

/** From a record's value to the stored one and back; null stays null. */
interface Codec {
    Object store(Object value);

    Object load(Object stored);

    /** Stored as it is. */
    record Plain() implements Codec {
        @Override
        public Object store(Object value) {
            return value;
        }

        @Override
        public Object load(Object stored) {
            return stored;
        }
    }

    /** A number of which the databases keep the value: it comes back with two places, or more where it has them. */
    record Decimal() implements Codec {
        @Override
        public Object store(Object value) {
            return value;
        }

        @Override
        public Object load(Object stored) {
            BigDecimal number = ((BigDecimal) stored).stripTrailingZeros();
            return number.setScale(Math.max(2, number.scale()));
        }
    }

    /** An enum by its name. */
    @SuppressWarnings("rawtypes")
    record Named(Class<? extends Enum> type) implements Codec {
        @Override
        public Object store(Object value) {
            return ((Enum<?>) value).name();
        }

        @Override
        @SuppressWarnings("unchecked")
        public Object load(Object stored) {
            return Enum.valueOf(type, (String) stored);
        }
    }

    /** Anything else as JSON. */
    record Text(ObjectWriter writer, ObjectReader reader) implements Codec {
        @Override
        public Object store(Object value) {
            try {
                return writer.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("not representable as JSON: " + e.getOriginalMessage(), e);
            }
        }

        @Override
        public Object load(Object stored) {
            try {
                return reader.readValue((String) stored);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a stored value is no longer readable: " + e.getOriginalMessage(), e);
            }
        }
    }
}
