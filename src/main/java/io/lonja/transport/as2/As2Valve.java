package io.lonja.transport.as2;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ContinueResponseTiming;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Leads AS2 messages to their servlet past the filters of the portal: whoever writes here proves it by a signature, and
 * the servlet reads every byte itself. The filters would look each message up in all mappings of the portal.
 */
final class As2Valve extends ValveBase implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    static final String SERVLET = "as2";

    As2Valve() {
        super(true);
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextValves(this);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Wrapper wrapper = request.getWrapper();
        if (wrapper == null || !SERVLET.equals(wrapper.getName())) {
            getNext().invoke(request, response);
            return;
        }
        // Or a client that sends Expect: 100-continue waits for it before it sends the body.
        response.sendAcknowledgement(ContinueResponseTiming.IMMEDIATELY);
        Servlet servlet = wrapper.allocate();
        try {
            servlet.service(request.getRequest(), response.getResponse());
        } finally {
            wrapper.deallocate(servlet);
        }
    }
}
