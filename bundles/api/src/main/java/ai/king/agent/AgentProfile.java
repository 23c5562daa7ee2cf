/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** What planners and people choose an agent by; service properties {@code king.agent.description} and so on. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface AgentProfile {
    String PREFIX_ = "king.agent.";

    /** One sentence: what it is for. */
    String description();

    /** Its skills, each {@code name: one sentence}; the name is the {@link Task#action()} that asks for it. */
    String[] capabilities();

    /** The tools it calls, each by {@code name}; one that nobody offers is listed as missing. */
    String[] tools() default {};

    /** The risk a step of this agent starts with: {@code LOW}, {@code MEDIUM}, {@code HIGH} or {@code CRITICAL}. */
    String risk() default "LOW";
}
