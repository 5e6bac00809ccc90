package io.lonja.transport.as2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One message to a partner's address and its answer. Redirects are not followed, since the address is what the profile
 * says; over TLS the partner's certificate must be trusted by the Java platform and name the host.
 */
final class As2Connection {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(15);
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Duration answerWithin;

    /** @param answerWithin from the first byte sent to the last byte of the answer */
    As2Connection(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    /** What came back. */
    sealed interface Outcome {

        record Answered(int status, MimeHeaders headers, byte[] body) implements Outcome {}

        /** @param because a sentence for the operator */
        record Silent(String because) implements Outcome {}
    }

    Outcome post(URI address, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), response -> new BoundedBody(ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> response = answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            List<MimeHeaders.Field> fields = new ArrayList<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> fields.add(new MimeHeaders.Field(name, value))));
            return new Outcome.Answered(response.statusCode(), new MimeHeaders(fields), response.body());
        } catch (ExecutionException e) {
            return new Outcome.Silent("%s could not be reached: %s.".formatted(address, reason(e.getCause())));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Outcome.Silent("%s did not answer within %d s.".formatted(address, answerWithin.toSeconds()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Silent("The hub stopped while it waited for %s.".formatted(address));
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "no reason given";
        }
        return cause.getMessage() == null || cause.getMessage().isBlank()
                ? cause.getClass().getSimpleName()
                : cause.getMessage();
    }

    /** Takes an answer of up to so many bytes and breaks off a longer one. */
    private static final class BoundedBody implements BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int bytesMax;
        private Flow.@Nullable Subscription subscription;

        BoundedBody(int bytesMax) {
            this.bytesMax = bytesMax;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] some = new byte[buffer.remaining()];
                buffer.get(some);
                bytes.writeBytes(some);
            }
            if (bytes.size() > bytesMax && subscription != null) {
                subscription.cancel();
                body.completeExceptionally(new IOException("the answer is longer than %d bytes".formatted(bytesMax)));
            }
        }

        @Override
        public void onError(Throwable fault) {
            body.completeExceptionally(fault);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
