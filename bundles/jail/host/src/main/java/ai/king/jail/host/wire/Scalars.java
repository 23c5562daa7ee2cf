/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.host.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@code java.*} types that may cross by themselves. */
final class Scalars {

    private static final int MOST_DIGITS = 1_000;
    private static final int LARGEST_SCALE = 1_000;

    private static final Shape ANY = new Any();

    static final Map<Type, Shape> ALL = Map.ofEntries(
            Map.entry(String.class, new Text(String.class, value -> value)),
            Map.entry(BigDecimal.class, new Text(BigDecimal.class, Scalars::decimal)),
            Map.entry(Instant.class, new Text(Instant.class, Instant::parse)),
            Map.entry(LocalDate.class, new Text(LocalDate.class, LocalDate::parse)),
            Map.entry(long.class, new Text(Long.class, Long::valueOf)),
            Map.entry(Long.class, new Text(Long.class, Long::valueOf)),
            Map.entry(int.class, new Text(Integer.class, Integer::valueOf)),
            Map.entry(Integer.class, new Text(Integer.class, Integer::valueOf)),
            Map.entry(double.class, new Text(Double.class, Double::valueOf)),
            Map.entry(Double.class, new Text(Double.class, Double::valueOf)),
            Map.entry(boolean.class, new Text(Boolean.class, Scalars::flag)),
            Map.entry(Boolean.class, new Text(Boolean.class, Scalars::flag)),
            Map.entry(OptionalInt.class, new OfOptionalInt()),
            Map.entry(float[].class, new Floats()),
            Map.entry(Object.class, ANY));

    private Scalars() {}

    /** A few bytes can name a number that takes minutes to read or gigabytes to print. */
    private static BigDecimal decimal(String text) {
        BigDecimal number = new BigDecimal(bounded(text));
        if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
            throw new IllegalArgumentException("a number of " + number.scale() + " digits");
        }
        return number;
    }

    private static String bounded(String number) {
        if (number.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("a number of " + number.length() + " digits");
        }
        return number;
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** Every scalar is its text: exact for numbers of all kinds, NaN included. */
    private record Text(Class<?> type, Function<String, Object> parse) implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException("not a " + type.getName());
            }
            out.writeString(value.toString());
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            Containers.expect(in, JsonToken.VALUE_STRING);
            return parse.apply(in.getText());
        }
    }

    record OfEnum(Class<?> type) implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof Enum<?> constant) || !type.isInstance(value)) {
                throw new IllegalArgumentException("not a " + type.getName());
            }
            out.writeString(constant.name());
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            Containers.expect(in, JsonToken.VALUE_STRING);
            String name = in.getText();
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(name))
                    .findAny()
                    .orElseThrow(() -> new IOException("no such " + type.getSimpleName()));
        }
    }

    private static final class OfOptionalInt implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof OptionalInt number)) {
                throw new IllegalArgumentException("not an OptionalInt");
            }
            if (number.isPresent()) {
                out.writeString(Integer.toString(number.getAsInt()));
            } else {
                out.writeNull();
            }
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(in.getText()));
        }
    }

    private static final class Floats implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (!(value instanceof float[] vector)) {
                throw new IllegalArgumentException("not a vector");
            }
            out.writeStartArray();
            for (float each : vector) {
                out.writeString(Float.toString(each));
            }
            out.writeEndArray();
        }

        @Override
        public Object read(JsonParser in) throws IOException {
            Containers.expect(in, JsonToken.START_ARRAY);
            float[] vector = new float[16];
            int length = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (length == vector.length) {
                    vector = Arrays.copyOf(vector, 2 * length);
                }
                vector[length++] = Float.parseFloat(in.getText());
            }
            return Arrays.copyOf(vector, length);
        }
    }

    /**
     * A JSON value or a cell whose type the declaration leaves open: text that begins with a letter for the type, so that
     * a Long comes back as a Long and 1.20 as 1.20; lists, maps, null as they are.
     */
    private static final class Any implements Shape {

        private static final Map<Class<?>, String> LETTERS = Map.of(
                String.class, "s",
                Integer.class, "i",
                Long.class, "l",
                Boolean.class, "b",
                Double.class, "f",
                BigDecimal.class, "d",
                LocalDate.class, "t",
                Instant.class, "a",
                BigInteger.class, "g");
        private static final Shape LIST = new Containers.OfList(new Later());
        private static final Shape MAP = new Containers.OfMap(new Later());

        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            if (value == null) {
                out.writeNull();
            } else if (value instanceof Collection<?>) {
                LIST.write(out, value);
            } else if (value instanceof Map<?, ?>) {
                MAP.write(out, value);
            } else {
                out.writeString(letter(value) + value);
            }
        }

        private static String letter(Object value) {
            String letter = LETTERS.get(value.getClass());
            if (letter == null) {
                throw new IllegalArgumentException(value.getClass().getName() + " may not cross");
            }
            return letter;
        }

        @Override
        public @Nullable Object read(JsonParser in) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_NULL -> null;
                case START_ARRAY -> LIST.read(in);
                case START_OBJECT -> MAP.read(in);
                case VALUE_STRING -> parse(in.getText());
                default -> throw new IOException("unexpected " + in.currentToken());
            };
        }

        private static Object parse(String text) throws IOException {
            String rest = text.substring(Math.min(1, text.length()));
            return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
                case 's' -> rest;
                case 'i' -> Integer.valueOf(rest);
                case 'l' -> Long.valueOf(rest);
                case 'b' -> flag(rest);
                case 'f' -> Double.valueOf(rest);
                case 'd' -> decimal(rest);
                case 't' -> LocalDate.parse(rest);
                case 'a' -> Instant.parse(rest);
                case 'g' -> new BigInteger(bounded(rest));
                default -> throw new IOException("a value of unknown type");
            };
        }
    }

    private record Later() implements Shape {
        @Override
        public void write(JsonGenerator out, @Nullable Object value) throws IOException {
            ANY.write(out, value);
        }

        @Override
        public @Nullable Object read(JsonParser in) throws IOException {
            return ANY.read(in);
        }
    }
}
