package io.lonja.transport.sftp;

import java.time.Duration;

/**
 * What the drop-box puts up with.
 *
 * @param sessionsMax logged in at a time, of all partners
 * @param sessionsPerPartnerMax logged in at a time, of one
 * @param idleMax how long a session may be silent
 * @param waitingFilesMax in one partner's {@code /inbox}, not received yet
 * @param fileBytesMax of one file in {@code /inbox}
 */
record SftpLimits(
        int sessionsMax, int sessionsPerPartnerMax, Duration idleMax, int waitingFilesMax, long fileBytesMax) {

    /** Connections at a time that did not log in yet. */
    static final int STRANGERS_MAX = 32;

    static final Duration LOGIN_MAX = Duration.ofSeconds(30);

    /** A client with an agent offers several keys, and asks for each before it signs. */
    static final int LOGIN_REQUESTS_MAX = 20;

    static final int CHANNELS_PER_SESSION_MAX = 4;
    static final int HANDLES_PER_CHANNEL_MAX = 64;

    /** Files in one partner's outbox. */
    static final int OUTBOX_FILES_MAX = 10_000;

    /** How long a received file is still listed: clients look at it once more after the upload. */
    static final Duration TAKEN_LISTED = Duration.ofMinutes(10);

    static final int TAKEN_LISTED_FILES_MAX = 1_000;

    SftpLimits {
        if (sessionsMax < 1 || sessionsPerPartnerMax < 1 || idleMax.toSeconds() < 1 || waitingFilesMax < 1) {
            throw new IllegalArgumentException(
                    "lonja.sftp.sessions-max, .sessions-per-partner-max, .waiting-files-max and .idle-max must be at least 1 (second)");
        }
    }

    /** Of all files in one partner's inbox that are not received yet. */
    long waitingBytesMax() {
        return 10 * fileBytesMax;
    }
}
