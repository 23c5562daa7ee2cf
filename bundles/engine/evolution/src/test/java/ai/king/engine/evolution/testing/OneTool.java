/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.agents.Tools;
import ai.king.plug.Generation;
import ai.king.plug.Lease;
import ai.king.plug.NoSuchPlug;
import ai.king.plug.Plugs;
import ai.king.plug.RouteKey;
import ai.king.tool.Effect;
import ai.king.tool.Tool;
import ai.king.tool.ToolCall;
import ai.king.tool.ToolResult;
import ai.king.tool.ToolSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A platform with one tool, {@code shop.set_price}, that counts what is really done. */
public final class OneTool implements Plugs, Tools, Tool {

    private static final String NAME = "shop.set_price";

    public final AtomicInteger done = new AtomicInteger();

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(NAME, "Sets a price", "{\"type\":\"object\"}", Effect.WRITE);
    }

    @Override
    public ToolResult invoke(ToolCall call) {
        done.incrementAndGet();
        return ToolResult.ok(Map.of());
    }

    @Override
    public Optional<ToolResult> lookup(String idempotencyKey) {
        return Optional.empty();
    }

    @Override
    public List<Described> list() {
        return List.of(new Described(NAME, Optional.of(spec()), "READY", List.of()));
    }

    @Override
    public Optional<ToolSpec> spec(String name) {
        return Optional.of(spec());
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String name, RouteKey key) {
        if (!name.equals(NAME)) {
            throw new NoSuchPlug(name);
        }
        return new Lease<>() {
            @Override
            public T plug() {
                return type.cast(OneTool.this);
            }

            @Override
            public Generation generation() {
                return new Generation("one", "Tool", NAME, "test", "1.0.0", 1, Map.of("king.reaches", "none"));
            }

            @Override
            public void failed() {
                // No figures are kept here.
            }

            @Override
            public void close() {
                // Nothing is counted here.
            }
        };
    }

    @Override
    public Set<String> names(Class<?> type) {
        return Set.of();
    }

    @Override
    public List<Generation> current(Class<?> type) {
        return List.of();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return () -> {};
    }
}
