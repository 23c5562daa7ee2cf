/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.local;

import ai.king.kit.Configs;
import ai.king.kit.MemoryContract;
import ai.king.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class LocalMemoryContractTest extends MemoryContract {

    @TempDir
    Path folder;

    @Override
    protected MemoryStore memory() {
        try {
            return new LocalMemory(Configs.of(LocalMemory.Config.class, Map.of("folder", folder.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
