/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory.pinecone;

import ai.king.kit.MemoryContract;
import ai.king.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class PineconeMemoryContractTest extends MemoryContract {

    private final List<PineconeDouble> services = new ArrayList<>();

    @Override
    protected MemoryStore memory() {
        try {
            PineconeDouble service = new PineconeDouble();
            service.late = true;
            services.add(service);
            return service.memory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int many() {
        return 400;
    }

    @Override
    protected void settle(MemoryStore memory) {
        services.forEach(PineconeDouble::settle);
    }

    @AfterEach
    void close() {
        services.forEach(PineconeDouble::close);
    }
}
