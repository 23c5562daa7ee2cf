/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.store;

/**
 * A stored record. Its components are String, numbers, boolean, enum, BigDecimal, Instant, LocalDate, byte[], or
 * anything {@link Json} can write, each nullable where marked so; the engine maps it to a table by the component names.
 */
public interface Row {

    /** UUIDv7 text or another unique key of at most 200 characters. */
    String id();

    /** Number of updates so far; an update of a row read at another version fails with {@link StaleRow}. */
    long version();
}
