/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.util.Collections;
import java.util.Enumeration;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/** The configuration of the servlet with the one parameter that hides CXF's page of what is published. */
record WithoutList(ServletConfig given) implements ServletConfig {

    private static final String HIDE = "hide-service-list-page";

    @Override
    public String getServletName() {
        return given.getServletName();
    }

    @Override
    public ServletContext getServletContext() {
        return given.getServletContext();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
        return HIDE.equals(name) ? "true" : null;
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(Collections.singleton(HIDE));
    }
}
