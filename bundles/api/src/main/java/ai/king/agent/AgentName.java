/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** The name callers use to pick this agent; service property {@code king.agent.name}. */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "king.agent", version = "1.0.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AgentName {
    /** The annotation's own name supplies {@code agent.name}. */
    String PREFIX_ = "king.";

    String value();
}
