/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.inference;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name of a backend unless its configuration sets {@code king.backend.name}: one bundle serves several endpoints,
 * each with a configuration of its own.
 */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = "king.inference", version = "1.0.0")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BackendName {
    /** The annotation's own name supplies {@code backend.name}. */
    String PREFIX_ = "king.";

    String value();
}
