/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.door.rest;

import java.io.IOException;
import java.util.List;
import javax.servlet.Servlet;
import javax.servlet.ServletConfig;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * {@code /api/v1}: one JAX-RS endpoint with JSON and nothing else. It is there from the start; what an engine would
 * answer is 503 while that engine is not.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.pattern=" + ApiServlet.BASE + "/*",
            "osgi.http.whiteboard.servlet.name=ai.king.door.rest",
            "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.servlet.multipart.enabled:Boolean=true",
            "osgi.http.whiteboard.servlet.multipart.maxFileSize:Long=" + ProposalUpload.BUNDLE_LIMIT,
            "osgi.http.whiteboard.servlet.multipart.maxRequestSize:Long=" + ProposalUpload.REQUEST_LIMIT,
            "osgi.http.whiteboard.servlet.multipart.fileSizeThreshold:Integer=65536"
        })
public final class ApiServlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1;

    static final String BASE = "/api/v1";

    private final transient Engines engines;
    private final transient Resources resources;
    private final transient ProposalUpload upload;
    private transient @Nullable Server server;

    @Activate
    public ApiServlet(BundleContext context) {
        this(new TrackedEngines(context), new InstalledBundles(context));
    }

    ApiServlet(Engines engines, Installation installation) {
        this.engines = engines;
        this.resources = new Resources(engines, installation);
        this.upload = new ProposalUpload(engines, resources.repeats());
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(CXFBusFactory.class.getClassLoader());
            Bus own = new CXFBusFactory().createBus();
            own.setProperty("skip.default.json.provider.registration", true);
            own.setProperty("org.apache.cxf.jaxrs.bus.providers", List.of());
            setBus(own);
            super.init(new WithoutList(config));
            server = publish(own);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Server publish(Bus own) {
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(own);
        factory.setAddress("/");
        factory.setServiceBeans(resources.all());
        factory.setProviders(resources.providers());
        return factory.create();
    }

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            if (upload.takes(request)) {
                upload.serve(request, response);
                return;
            }
            try {
                super.invoke(request, response);
            } finally {
                RepeatedRequests.over(request, resources.repeats());
            }
        } catch (IOException e) {
            throw new ServletException("the connection of an upload ended", e);
        }
    }

    @Deactivate
    void stop() {
        resources.close();
        engines.close();
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.destroy();
        }
        super.destroy();
    }
}
