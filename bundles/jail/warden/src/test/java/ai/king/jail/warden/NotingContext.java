/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.jail.warden;

import ai.king.agent.AgentContext;
import java.lang.reflect.Proxy;

/** A context that says when the agent writes a note. */
final class NotingContext {

    private final Runnable noted;

    NotingContext(Runnable noted) {
        this.noted = noted;
    }

    AgentContext context() {
        return (AgentContext) Proxy.newProxyInstance(
                NotingContext.class.getClassLoader(),
                new Class<?>[] {AgentContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("note")) {
                        noted.run();
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
