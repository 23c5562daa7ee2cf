/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.brain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name of this classifier or planner, service property {@code king.brain.name}; the configuration's
 * {@code king.brain.rank} (higher is asked first) orders names.
 */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "king.brain", version = "1.0.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BrainName {
    /** The annotation's own name supplies {@code brain.name}. */
    String PREFIX_ = "king.";

    String value();
}
