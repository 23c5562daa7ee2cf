/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.memory;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name of this memory store; service property {@code king.memory.name}. */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "king.memory", version = "1.0.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface MemoryName {
    /** The annotation's own name supplies {@code memory.name}. */
    String PREFIX_ = "king.";

    String value();
}
