/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pgvector;

import ai.king.kit.MemoryContract;
import ai.king.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PgvectorMemoryContractTest extends MemoryContract {

    private static Server server;
    private final List<PgvectorMemory> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = Server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        opened.forEach(PgvectorMemory::close);
    }

    @Override
    protected MemoryStore memory() {
        // The one session of the server is free again.
        opened.forEach(PgvectorMemory::close);
        PgvectorMemory memory = server.memory(Map.of());
        opened.add(memory);
        // Connects, so that the driver's own threads are there before strays are counted.
        memory.forget("nobody's", List.of());
        return memory;
    }
}
