package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for changes in a folder: woken by the file system where it can, at the latest after a second. */
final class FolderWatch implements AutoCloseable {
    private static final long WAIT_MAX_MS = 1_000;
    /** Editors write in several steps; waiting a little sees them as one. */
    private static final long SETTLE_MS = 20;

    private final Path folder;
    private final WatchService service;
    private @Nullable WatchKey key;

    FolderWatch(Path folder) throws IOException {
        this.folder = folder;
        this.service = folder.getFileSystem().newWatchService();
    }

    /** Returns when the folder may have changed. */
    void await() throws InterruptedException {
        register();
        if (service.poll(WAIT_MAX_MS, TimeUnit.MILLISECONDS) != null) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MS);
            WatchKey current = key;
            if (current != null) {
                current.pollEvents();
                current.reset();
            }
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    /** The folder may appear, or be replaced, at any time. */
    private void register() {
        WatchKey current = key;
        if ((current == null || !current.isValid()) && Files.isDirectory(folder)) {
            try {
                key = folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            } catch (IOException pollingStillWorks) {
                key = null;
            }
        }
    }
}
