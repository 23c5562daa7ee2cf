/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.tool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name callers use to pick this tool, equal to {@link ToolSpec#name()}; service property {@code king.tool.name}. */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "king.tool", version = "1.0.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ToolName {
    /** The annotation's own name supplies {@code tool.name}. */
    String PREFIX_ = "king.";

    String value();
}
