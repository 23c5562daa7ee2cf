/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.evolution.testing;

import ai.king.engine.plug.testing.PlugSource;

/** Tools made from source text. */
public final class ToolSource {

    private ToolSource() {}

    /** @param reaches what it declares; empty: nothing */
    public static PlugSource tool(String symbolicName, String name, String reaches) {
        return tool(symbolicName, name, reaches, "");
    }

    /** The same with statements in {@code invoke}. */
    public static PlugSource tool(String symbolicName, String name, String reaches, String statements) {
        return new PlugSource(symbolicName, "1.0.0").source("HandyTool", text(symbolicName, name, reaches, statements));
    }

    /** The source itself, of a class {@code HandyTool}. */
    public static String text(String symbolicName, String name, String reaches, String statements) {
        String property = reaches.isEmpty() ? "" : ", property = \"king.reaches=" + reaches + "\"";
        return """
                        package %1$s;
                        import ai.king.tool.*;
                        import java.util.*;
                        import org.osgi.service.component.annotations.*;
                        @Component(configurationPid = "%1$s", configurationPolicy = ConfigurationPolicy.REQUIRE%3$s)
                        @ToolName("%2$s")
                        public final class HandyTool implements Tool {
                            @Override public ToolSpec spec() {
                                return ToolSpec.of("%2$s", "Does it.", "{\\"type\\":\\"object\\"}", Effect.READ);
                            }
                            @Override public ToolResult invoke(ToolCall call) {
                                try { %4$s } catch (Exception e) { throw new IllegalStateException(e); }
                                return ToolResult.ok(Map.of());
                            }
                            @Override public Optional<ToolResult> lookup(String key) { return Optional.empty(); }
                        }
                        """
                .formatted(symbolicName, name, property, statements.isEmpty() ? "Objects.hash(1);" : statements);
    }
}
