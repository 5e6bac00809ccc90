package io.lonja.transport.sftp;

import io.lonja.party.PartyId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.sshd.common.channel.BufferedIoOutputStream;
import org.apache.sshd.common.channel.LocalWindow;
import org.apache.sshd.common.io.IoInputStream;
import org.apache.sshd.common.io.IoOutputStream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AsyncCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SFTP channel of a partner: takes its bytes apart into requests and answers one after the other, on a thread of its
 * own.
 *
 * <p>Nobody interrupts this thread, least of all a client that goes away in the middle: an interrupt would close the
 * files of the embedded database under whoever is just asking it.
 */
final class Conversation implements AsyncCommand, ChannelDataReceiver, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final Buffer END = new ByteArrayBuffer(0, false);

    private final PartyId partner;
    private final ChannelSession channel;
    private final Requests requests;
    private final BlockingQueue<Buffer> waiting = new LinkedBlockingQueue<>();
    private Buffer incoming = new ByteArrayBuffer(1_024, false);
    private volatile boolean ended;
    private @Nullable IoOutputStream out;
    private @Nullable ExitCallback callback;

    Conversation(PartyId partner, ChannelSession channel, DropBox box) {
        this.partner = partner;
        this.channel = channel;
        this.requests = new Requests(partner, box);
        channel.setDataReceiver(this);
    }

    @Override
    public void start(ChannelSession started, Environment environment) {
        Thread thread = new Thread(this, "sftp-" + partner);
        thread.setDaemon(true);
        thread.start();
    }

    /** Called as bytes come in; the window bounds what may wait here. */
    @Override
    public int data(ChannelSession from, byte[] bytes, int start, int length) throws IOException {
        incoming.compact();
        incoming.putRawBytes(bytes, start, length);
        while (incoming.available() >= Integer.BYTES) {
            int begin = incoming.rpos();
            long announced = incoming.getUInt();
            if (announced < 1 || announced > Requests.PACKET_BYTES_MAX) {
                throw new IOException("%s sent a packet of %d bytes over SFTP".formatted(partner, announced));
            }
            if (incoming.available() < announced) {
                incoming.rpos(begin);
                break;
            }
            byte[] packet = new byte[(int) announced];
            incoming.getRawBytes(packet);
            waiting.add(new ByteArrayBuffer(packet));
        }
        return 0; // The window opens again when a request was answered.
    }

    @Override
    public void run() {
        int exit = 0;
        try {
            LocalWindow window = channel.getLocalWindow();
            Buffer request;
            while ((request = waiting.take()) != END && !ended) {
                int bytes = Integer.BYTES + request.available();
                Buffer answer = requests.answer(request);
                if (out != null && !ended) {
                    out.writeBuffer(answer);
                    window.release(bytes);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!ended) {
                LOG.warn("{}: an SFTP session broke off: {}", partner, e.toString());
            }
            exit = 1;
        } finally {
            requests.abandonAll();
            if (callback != null) {
                callback.onExit(exit);
            }
        }
    }

    /** No more bytes come. What was not answered by then nobody was promised. */
    @Override
    public void close() {
        ended = true;
        waiting.add(END);
    }

    @Override
    public void destroy(ChannelSession destroyed) {
        close();
    }

    @Override
    public void setIoOutputStream(IoOutputStream stream) {
        out = new BufferedIoOutputStream("sftp-out", channel.getChannelId(), stream, channel);
    }

    @Override
    public void setExitCallback(ExitCallback exit) {
        callback = exit;
    }

    @Override
    public void setIoInputStream(IoInputStream in) {}

    @Override
    public void setIoErrorStream(IoOutputStream err) {}

    @Override
    public void setInputStream(InputStream in) {}

    @Override
    public void setOutputStream(OutputStream stream) {}

    @Override
    public void setErrorStream(OutputStream err) {}
}
