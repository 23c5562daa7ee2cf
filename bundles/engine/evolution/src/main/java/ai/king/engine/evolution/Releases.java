/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution;

import ai.king.evolution.Pointer;
import ai.king.evolution.Release;
import ai.king.evolution.Release.Item;
import ai.king.store.Query;
import ai.king.store.Reader;
import ai.king.store.Tx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and adds releases, and the pointer to them. */
public final class Releases {

    /** The id of the one pointer. */
    public static final String POINTER = "release";

    private Releases() {}

    public static Optional<Pointer> pointer(Reader reader) {
        return reader.find(Pointer.class, POINTER);
    }

    public static Optional<Release> find(Reader reader, long no) {
        return reader.find(Release.class, Long.toString(no));
    }

    /** The release that is permanent now. Throws when the first one is not there yet. */
    static Release permanent(Reader reader) {
        return pointer(reader)
                .flatMap(pointer -> find(reader, pointer.permanent()))
                .orElseThrow(() -> new IllegalStateException("there is no release yet: this node is starting"));
    }

    /** Locks the pointer: who holds it may move it. */
    static Pointer lock(Tx tx) {
        return tx.lock(Pointer.class, POINTER)
                .orElseThrow(() -> new IllegalStateException("there is no release yet: this node is starting"));
    }

    /** Adds the next release; the pointer must be locked. */
    static Release add(Tx tx, long parent, @Nullable String proposal, List<Item> items) {
        long no = tx.page(Query.of(Release.class).descending("no").page(null, 1)).items().stream()
                        .mapToLong(Release::no)
                        .findFirst()
                        .orElse(0)
                + 1;
        return tx.insert(new Release(Long.toString(no), no, parent, proposal, List.copyOf(items), tx.now(), 0));
    }

    /** The pointer with a trial. */
    static Pointer onTrial(Pointer pointer, long trial, String proposal, int percent) {
        return new Pointer(pointer.id(), pointer.permanent(), trial, proposal, percent, pointer.version());
    }

    /** The pointer at a permanent release that goes from node to node; the others go on with the one before. */
    static Pointer rolling(Pointer pointer, long permanent) {
        return new Pointer(pointer.id(), permanent, null, null, 0, pointer.permanent(), pointer.version());
    }

    /** The pointer at a permanent release, without a trial, for all nodes. */
    static Pointer at(Pointer pointer, long permanent) {
        return new Pointer(pointer.id(), permanent, null, null, 0, pointer.version());
    }
}
