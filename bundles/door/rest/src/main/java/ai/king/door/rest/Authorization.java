/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import ai.king.access.Identity;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.annotation.Priority;
import javax.servlet.http.HttpServletRequest;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.Provider;
import org.apache.cxf.jaxrs.ext.ContextProvider;
import org.apache.cxf.message.Message;
import org.jspecify.annotations.Nullable;

/** Lets through who has the role that the operation needs; gives the answer the status that the operation says. */
@Provider
@Priority(Priorities.AUTHORIZATION)
public final class Authorization implements ContainerRequestFilter, ContainerResponseFilter, ContextProvider<Caller> {

    private static final String HTTP_REQUEST = "HTTP.REQUEST";

    @Context
    private @Nullable ResourceInfo operation;

    @Context
    private @Nullable HttpServletRequest servlet;

    @Override
    public void filter(ContainerRequestContext request) {
        Needs needs = method().getAnnotation(Needs.class);
        if (needs != null && needs.open()) {
            return;
        }
        Object identity = servlet == null ? null : servlet.getAttribute(Caller.ATTRIBUTE);
        if (!(identity instanceof Identity known)) {
            throw Refusal.of(401, "a name with its password, or a valid token, is needed");
        }
        if (needs == null || !new Caller(known).mayDo(needs.value())) {
            throw Refusal.of(
                    403,
                    needs == null
                            ? "nobody may do this"
                            : "this needs the role "
                                    + Arrays.stream(needs.value())
                                            .map(role -> role.label())
                                            .collect(Collectors.joining(" or ")));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (operation == null || operation.getResourceMethod() == null || response.getStatus() != 200) {
            return;
        }
        Says says = operation.getResourceMethod().getAnnotation(Says.class);
        if (says != null && operation.getResourceMethod().getReturnType() != Response.class) {
            response.setStatus(says.status());
        }
    }

    @Override
    public Caller createContext(Message message) {
        if (message.get(HTTP_REQUEST) instanceof HttpServletRequest request
                && request.getAttribute(Caller.ATTRIBUTE) instanceof Identity identity) {
            return new Caller(identity);
        }
        throw Refusal.of(401, "a name with its password, or a valid token, is needed");
    }

    private Method method() {
        if (operation == null || operation.getResourceMethod() == null) {
            throw Refusal.of(404, "no such path");
        }
        return operation.getResourceMethod();
    }
}
