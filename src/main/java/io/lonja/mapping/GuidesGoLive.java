package io.lonja.mapping;

import io.lonja.archive.Appliers;
import io.lonja.document.GuideVersions;
import org.springframework.context.SmartLifecycle;

/** Archives the guides that became others while the hub was down, before anything is read by them. */
final class GuidesGoLive implements SmartLifecycle {

    /** After the archive took effect in the database, before partners go live. */
    private static final int PHASE = 190;

    private final Mapping mapping;
    private final GuideVersions versions;
    private final Appliers appliers;
    private volatile boolean running;

    GuidesGoLive(Mapping mapping, GuideVersions versions, Appliers appliers) {
        this.mapping = mapping;
        this.versions = versions;
        this.appliers = appliers;
    }

    @Override
    public void start() {
        versions.goLive(mapping.versions(), appliers);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
