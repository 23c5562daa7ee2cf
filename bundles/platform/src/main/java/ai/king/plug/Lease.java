/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.plug;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A counted reference to one generation. Held until the last frame of a stream; closing returns it, a second close does
 * nothing. While it is held the generation is not stopped.
 */
@ProviderType
public interface Lease<T> extends AutoCloseable {

    T plug();

    Generation generation();

    /** Marks this call as an error in the generation's figures (failed, thrown or timed out). */
    void failed();

    @Override
    void close();
}
