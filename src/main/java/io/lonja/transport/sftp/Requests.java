package io.lonja.transport.sftp;

import io.lonja.party.PartyId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.common.SftpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02), as far as a drop-box needs it: what is not named here is refused, and
 * no name that a client sends ever reaches a file system as a path. Holds the handles of one channel.
 */
final class Requests {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private static final int VERSION = 3;

    /** As OpenSSH's: a block of 255 KiB and what stands around it. */
    static final int PACKET_BYTES_MAX = 262_144;

    private static final int BLOCK_BYTES_MAX = 261_120;
    private static final int NAMES_AT_ONCE = 200;

    private static final String POSIX_RENAME = "posix-rename@openssh.com";
    private static final String FSYNC = "fsync@openssh.com";
    private static final String LIMITS = "limits@openssh.com";
    private static final Map<String, String> EXTENSIONS = Map.of(POSIX_RENAME, "1", FSYNC, "1", LIMITS, "1");

    private static final DateTimeFormatter LISTED_TIME =
            DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PartyId partner;
    private final DropBox box;
    private final Map<Integer, OpenFile> files = new HashMap<>();
    private final Map<Integer, Iterator<Listed>> folders = new HashMap<>();
    private int handlesGiven;
    private boolean begun;

    Requests(PartyId partner, DropBox box) {
        this.partner = partner;
        this.box = box;
    }

    /**
     * The answer to a request, both with their bytes after the length; the answer has its length before it.
     *
     * @throws IOException when the client does not speak this protocol
     */
    Buffer answer(Buffer request) throws IOException {
        int type = request.getUByte();
        if (type == SftpConstants.SSH_FXP_INIT && !begun) {
            begun = true;
            return version();
        }
        if (!begun || request.available() < Integer.BYTES) {
            throw new IOException("This is not SFTP");
        }
        int id = request.getInt();
        try {
            return answer(type, id, request);
        } catch (Refusal refusal) {
            tell(type, refusal);
            return status(id, refusal.status().code, refusal.sentence());
        } catch (BufferException e) {
            throw new IOException("A request of type %d is cut off".formatted(type), e);
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: an SFTP request of type {} failed", partner, type, e);
            if (type == SftpConstants.SSH_FXP_WRITE) {
                // Nobody may close a file after a write whose end is unknown.
                throw new IOException("A write failed", e);
            }
            return status(
                    id, SftpConstants.SSH_FX_FAILURE, "The hub could not do this now; try again in a few minutes.");
        }
    }

    /** The client is gone: what it left open is no closed file. */
    void abandonAll() {
        files.values().forEach(OpenFile::abandon);
        files.clear();
        folders.clear();
    }

    private Buffer answer(int type, int id, Buffer request) throws IOException {
        switch (type) {
            case SftpConstants.SSH_FXP_OPEN:
                return open(id, path(request), Opening.of(request.getInt()));
            case SftpConstants.SSH_FXP_CLOSE:
                return close(id, handle(request));
            case SftpConstants.SSH_FXP_READ:
                return read(id, file(request), request.getLong(), request.getUInt());
            case SftpConstants.SSH_FXP_WRITE:
                OpenFile written = file(request);
                written.write(request.getLong(), ByteBuffer.wrap(request.getBytes()));
                return ok(id);
            case SftpConstants.SSH_FXP_STAT, SftpConstants.SSH_FXP_LSTAT:
                return attributes(id, box.stat(path(request)));
            case SftpConstants.SSH_FXP_FSTAT:
                return attributes(id, file(request).stat());
            case SftpConstants.SSH_FXP_SETSTAT:
                return setAttributes(id, path(request), request);
            case SftpConstants.SSH_FXP_FSETSTAT:
                return setAttributes(id, file(request), request);
            case SftpConstants.SSH_FXP_OPENDIR:
                return openFolder(id, path(request));
            case SftpConstants.SSH_FXP_READDIR:
                return readFolder(id, handle(request));
            case SftpConstants.SSH_FXP_REALPATH:
                return realPath(id, path(request));
            case SftpConstants.SSH_FXP_REMOVE:
                box.remove(path(request));
                return ok(id);
            case SftpConstants.SSH_FXP_RENAME:
                box.rename(path(request), path(request), false);
                return ok(id);
            case SftpConstants.SSH_FXP_MKDIR, SftpConstants.SSH_FXP_RMDIR:
                throw Refusal.denied("There are /inbox and /outbox, and no other folders can be made or removed.");
            case SftpConstants.SSH_FXP_READLINK, SftpConstants.SSH_FXP_SYMLINK:
                throw Refusal.denied("There are no links here, and none can be made.");
            case SftpConstants.SSH_FXP_EXTENDED:
                return extended(id, request.getString(), request);
            default:
                throw Refusal.unsupported();
        }
    }

    private Buffer open(int id, RemotePath path, Opening how) throws IOException {
        roomForAnother();
        OpenFile file = box.open(path, how);
        files.put(++handlesGiven, file);
        return handle(id, handlesGiven);
    }

    private Buffer openFolder(int id, RemotePath path) throws IOException {
        roomForAnother();
        folders.put(++handlesGiven, box.list(path).iterator());
        return handle(id, handlesGiven);
    }

    private void roomForAnother() throws Refusal {
        if (files.size() + folders.size() >= SftpLimits.HANDLES_PER_CHANNEL_MAX) {
            throw Refusal.failure("%d files and folders are open in this session, that is the most; close some."
                    .formatted(SftpLimits.HANDLES_PER_CHANNEL_MAX));
        }
    }

    private Buffer close(int id, int handle) throws IOException {
        OpenFile file = files.remove(handle);
        if (file != null) {
            file.close();
        } else if (folders.remove(handle) == null) {
            throw unknownHandle();
        }
        return ok(id);
    }

    private static Buffer read(int id, OpenFile file, long offset, long length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(length, BLOCK_BYTES_MAX));
        file.read(offset, block);
        if (block.position() == 0) {
            return status(id, SftpConstants.SSH_FX_EOF, "The file ends here.");
        }
        Buffer answer = begin(SftpConstants.SSH_FXP_DATA, id);
        answer.putBytes(block.array(), 0, block.position());
        return end(answer);
    }

    /** Times and permissions are taken note of by nobody; many clients set them and would report a failed upload. */
    private Buffer setAttributes(int id, RemotePath path, Buffer request) throws IOException {
        box.stat(path);
        if ((request.getInt() & SftpConstants.SSH_FILEXFER_ATTR_SIZE) != 0) {
            throw Refusal.unsupported();
        }
        return ok(id);
    }

    private static Buffer setAttributes(int id, OpenFile file, Buffer request) throws IOException {
        if ((request.getInt() & SftpConstants.SSH_FILEXFER_ATTR_SIZE) != 0) {
            long length = request.getLong();
            if (length < 0) {
                throw Refusal.malformed();
            }
            file.truncate(length);
        }
        return ok(id);
    }

    private Buffer readFolder(int id, int handle) throws IOException {
        Iterator<Listed> rest = folders.get(handle);
        if (rest == null) {
            throw unknownHandle();
        }
        if (!rest.hasNext()) {
            return status(id, SftpConstants.SSH_FX_EOF, "The folder ends here.");
        }
        List<Listed> next = new ArrayList<>();
        while (rest.hasNext() && next.size() < NAMES_AT_ONCE) {
            next.add(rest.next());
        }
        Buffer answer = begin(SftpConstants.SSH_FXP_NAME, id);
        answer.putUInt(next.size());
        for (Listed listed : next) {
            answer.putString(listed.name());
            answer.putString(line(listed));
            put(listed, answer);
        }
        return end(answer);
    }

    /** {@code -rw-------   1 acme     lonja         1234 Nov 22 02:41 order.edi}, which clients show as it is. */
    private String line(Listed listed) {
        String rights = switch (listed.kind()) {
            case ROOT -> "dr-xr-xr-x";
            case ROOM -> "drwx------";
            case FILE -> "-rw-------";
        };
        return "%s   1 %-8s lonja    %12d %s %s"
                .formatted(rights, partner, listed.bytes(), LISTED_TIME.format(listed.changedAt()), listed.name());
    }

    private static Buffer realPath(int id, RemotePath path) {
        Buffer answer = begin(SftpConstants.SSH_FXP_NAME, id);
        answer.putUInt(1);
        answer.putString(path.toString());
        answer.putString(path.toString());
        answer.putUInt(0);
        return end(answer);
    }

    private Buffer extended(int id, String name, Buffer request) throws IOException {
        switch (name) {
            case POSIX_RENAME:
                box.rename(path(request), path(request), true);
                return ok(id);
            case FSYNC:
                file(request).sync();
                return ok(id);
            case LIMITS:
                Buffer answer = begin(SftpConstants.SSH_FXP_EXTENDED_REPLY, id);
                answer.putLong(PACKET_BYTES_MAX);
                answer.putLong(BLOCK_BYTES_MAX);
                answer.putLong(BLOCK_BYTES_MAX);
                answer.putLong(SftpLimits.HANDLES_PER_CHANNEL_MAX);
                return end(answer);
            default:
                throw Refusal.unsupported();
        }
    }

    private void tell(int type, Refusal refusal) {
        if (type == SftpConstants.SSH_FXP_CLOSE || type == SftpConstants.SSH_FXP_RENAME) {
            LOG.warn("{}: {}", partner, refusal.sentence());
        } else {
            LOG.debug("{}: {}", partner, refusal.sentence());
        }
    }

    private static RemotePath path(Buffer request) throws Refusal {
        return RemotePath.of(request.getBytes());
    }

    private OpenFile file(Buffer request) throws Refusal {
        OpenFile file = files.get(handle(request));
        if (file == null) {
            throw unknownHandle();
        }
        return file;
    }

    private static int handle(Buffer request) throws Refusal {
        byte[] handle = request.getBytes();
        if (handle.length != Integer.BYTES) {
            throw unknownHandle();
        }
        return ByteBuffer.wrap(handle).getInt();
    }

    private static Refusal unknownHandle() {
        return Refusal.failure("This handle is not open.");
    }

    private static Buffer version() {
        Buffer answer = new ByteArrayBuffer();
        answer.putUInt(0);
        answer.putByte((byte) SftpConstants.SSH_FXP_VERSION);
        answer.putUInt(VERSION);
        EXTENSIONS.forEach((name, version) -> {
            answer.putString(name);
            answer.putString(version);
        });
        return end(answer);
    }

    private static Buffer handle(int id, int handle) {
        Buffer answer = begin(SftpConstants.SSH_FXP_HANDLE, id);
        answer.putBytes(ByteBuffer.allocate(Integer.BYTES).putInt(handle).array());
        return end(answer);
    }

    private static Buffer attributes(int id, Listed listed) {
        Buffer answer = begin(SftpConstants.SSH_FXP_ATTRS, id);
        put(listed, answer);
        return end(answer);
    }

    private static void put(Listed listed, Buffer answer) {
        answer.putUInt(SftpConstants.SSH_FILEXFER_ATTR_SIZE
                | SftpConstants.SSH_FILEXFER_ATTR_PERMISSIONS
                | SftpConstants.SSH_FILEXFER_ATTR_ACMODTIME);
        answer.putLong(listed.bytes());
        answer.putUInt(listed.kind().mode);
        answer.putUInt(listed.changedAt().getEpochSecond());
        answer.putUInt(listed.changedAt().getEpochSecond());
    }

    private static Buffer ok(int id) {
        return status(id, SftpConstants.SSH_FX_OK, "");
    }

    private static Buffer status(int id, int code, String sentence) {
        Buffer answer = begin(SftpConstants.SSH_FXP_STATUS, id);
        answer.putUInt(code);
        answer.putString(sentence);
        answer.putString("en");
        return end(answer);
    }

    private static Buffer begin(int type, int id) {
        Buffer answer = new ByteArrayBuffer();
        answer.putUInt(0);
        answer.putByte((byte) type);
        answer.putInt(id);
        return answer;
    }

    private static Buffer end(Buffer answer) {
        int bytes = answer.wpos();
        answer.wpos(0);
        answer.putUInt(bytes - Integer.BYTES);
        answer.wpos(bytes);
        return answer;
    }
}
