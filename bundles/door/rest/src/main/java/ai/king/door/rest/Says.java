/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation does and answers; feeds the OpenAPI document. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Says {
    /** One sentence. */
    String value();

    /** The status of success. */
    int status() default 200;

    /** What the answer is where the method's return type does not say it. */
    Class<?> type() default Void.class;

    /** What is read where the method's parameters do not say it. */
    Class<?> body() default Void.class;

    /** Whether an {@code Idempotency-Key} is honoured on this POST. */
    boolean repeatable() default true;

    /**
     * Whether all it does is one write, which stores the key: a repeat is then refused by that write, and what was answered
     * before is looked for only when a request was refused.
     */
    boolean oneWrite() default false;
}
