/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.business;

import org.osgi.annotation.versioning.ProviderType;

/** Takes the text out of documents; each format within bounds of size, pages, memory and time. Safe for concurrent calls. */
@ProviderType
public interface Readings {

    /**
     * Reads a document on the caller's thread; never throws for what is in it.
     *
     * @param mediaType without parameters, in lower case
     */
    Reading read(String mediaType, byte[] bytes);
}
