/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.util.List;

/** Ends a request with a problem. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Bad input at one place. */
    public static Refusal at(String pointer, String message) {
        return new Refusal(Problem.of(422, pointer + ": " + message, List.of(new Problem.Place(pointer, message))));
    }

    public static Refusal unknown(String what, String id) {
        return new Refusal(Problem.of(404, "no " + what + " " + id));
    }

    public static Refusal of(int status, String detail) {
        return new Refusal(Problem.of(status, detail));
    }
}
