package io.lonja.transport.as2;

import io.lonja.archive.ArchiveUnavailableException;
import io.lonja.archive.Spool;
import io.lonja.intake.ContentLimit;
import io.lonja.intake.SendingTime;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /as2}: one address for all partners, whatever the content type says. A servlet of its own, since here
 * every byte of the body and of the answer counts.
 */
final class As2Servlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(As2Servlet.class);

    /** Of bodies that go to the spool only so many come at a time, so that senders cannot fill the disk. */
    private static final int LARGE_AT_ONCE = 16;

    private static final int RETRY_AFTER_SECONDS = 5;

    private final transient As2Reception reception;
    private final transient ContentLimit limit;
    private final transient SendingTime sendingTime;
    private final transient Spool spool;
    private final transient Semaphore large = new Semaphore(LARGE_AT_ONCE);

    As2Servlet(As2Reception reception, ContentLimit limit, SendingTime sendingTime, Spool spool) {
        this.sendingTime = sendingTime;
        this.spool = spool;
        this.reception = reception;
        this.limit = limit;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limit.bytes()) {
            write(response, Answer.sentence(413, limit.sentence()));
            return;
        }
        boolean small = announced >= 0 && announced <= Spool.MEMORY_BYTES_MAX;
        if (!small && !large.tryAcquire()) {
            again(response, "The hub is reading other large messages; try again in a few seconds.");
            return;
        }
        try {
            if (!(spool.take(sendingTime.of(request.getInputStream()), limit.bytes())
                    instanceof Spool.Taken.Whole whole)) {
                write(response, Answer.sentence(413, limit.sentence()));
                return;
            }
            try (Spool.Spooled body = whole.spooled()) {
                write(response, reception.receive(headers(request), body.payload(), request.getRemoteAddr()));
            }
        } catch (SendingTime.TooSlowException e) {
            LOG.warn("An AS2 message from {} was answered 408: {}", request.getRemoteAddr(), e.sentence());
            write(response, Answer.sentence(408, e.sentence()));
        } catch (ArchiveUnavailableException e) {
            LOG.error("An AS2 message was answered 503: {}", e.getMessage());
            again(response, "Nothing can be made durable now, so nothing was taken; try again in a few seconds.");
        } finally {
            if (!small) {
                large.release();
            }
        }
    }

    private static MimeHeaders headers(HttpServletRequest request) {
        List<MimeHeaders.Field> fields = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(new MimeHeaders.Field(name, value));
            }
        }
        return new MimeHeaders(fields);
    }

    private static void again(HttpServletResponse response, String sentence) throws IOException {
        write(response, Answer.again(sentence, RETRY_AFTER_SECONDS));
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
