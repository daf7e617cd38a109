package org.papertrader.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;

/** Bundles from places, which are URLs of jars, and having them run. */
final class BundlePlaces {
    private static final Set<Integer> PASSING =
            Set.of(BundleException.RESOLVE_ERROR, BundleException.STATECHANGE_ERROR);
    private static final int TRIES_MAX = 20;
    private static final int JAR_BYTES_MAX = 64 << 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private BundlePlaces() {}

    /** Installs those that are not yet there, or none; throws {@link Failed} with one line that says why. */
    static List<Bundle> installed(BundleContext context, List<String> places) {
        Map<String, Bundle> bundles = new LinkedHashMap<>();
        List<Bundle> before = Arrays.asList(context.getBundles());
        try {
            for (String place : places) {
                bundles.put(place, installed(context, place));
            }
        } catch (Failed e) {
            bundles.values().stream()
                    .filter(bundle -> !before.contains(bundle))
                    .forEach(bundle -> uninstall(bundle, e));
            throw e;
        }
        return List.copyOf(bundles.values());
    }

    /**
     * Gives a bundle other content, and starts it if it ran or should have. When the content cannot be had it runs on, or again.
     *
     * @param place of the content; null: from where it came
     */
    static void update(Bundle bundle, @Nullable String place) {
        String name = bundle.getSymbolicName();
        // All of it before the bundle stops, which is not to wait for a network.
        InputStream content = place == null ? null : new ByteArrayInputStream(jar(name, place));
        boolean runs = (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0;
        try {
            if (runs) {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
            bundle.update(content);
        } catch (BundleException e) {
            if (runs) {
                start(bundle);
            }
            throw failed(name + " is not updated", e);
        }
        if (runs || bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
            started(bundle, name + " is updated and does not start, update it with another jar");
        }
    }

    /** The jar of the bundle of this name; another's in its place is a mistake that takes both from their users. */
    private static byte[] jar(String name, String place) {
        byte[] jar = read(named(place));
        String found = symbolicName(jar);
        if (!found.equals(name)) {
            String what = found.isEmpty() ? "no bundle" : "bundle " + found;
            throw new Failed(Words.printable(place + " has " + what + ", not " + name));
        }
        return jar;
    }

    /** Empty when it is no jar of a bundle. */
    private static String symbolicName(byte[] jar) {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    String header = new Manifest(entries).getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
                    return header == null ? "" : header.split(";", 2)[0].strip();
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static byte[] read(String place) {
        try (InputStream content = new URL(place).openStream()) {
            byte[] jar = content.readNBytes(JAR_BYTES_MAX + 1);
            if (jar.length > JAR_BYTES_MAX) {
                throw new Failed(Words.printable(place) + " has more than " + (JAR_BYTES_MAX >> 20) + " MiB");
            }
            return jar;
        } catch (MalformedURLException e) {
            throw new Failed(Words.printable(place + " is no URL: " + e.getMessage()));
        } catch (IOException e) {
            throw new Failed(Words.printable(place + " cannot be read: " + e.getMessage()));
        }
    }

    static void start(Bundle bundle) {
        started(bundle, bundle.getSymbolicName() + " does not start");
    }

    /** Tries for a while: the framework refuses to start what it resolves or refreshes on another thread. */
    private static void started(Bundle bundle, String failed) {
        for (int tries = 1; ; tries++) {
            try {
                bundle.start();
                return;
            } catch (BundleException e) {
                if (!PASSING.contains(e.getType()) || tries == TRIES_MAX) {
                    throw failed(failed, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static Bundle installed(BundleContext context, String place) {
        try {
            return context.installBundle(named(place));
        } catch (BundleException e) {
            throw failed(place + " is not installed", e);
        }
    }

    /** Refuses what cannot be a URL. */
    private static String named(String place) {
        if (place.indexOf(':') < 0) {
            throw new Failed(Words.printable(place) + " is no place: name it by its URL, as in file:/PATH");
        }
        return place;
    }

    static void uninstall(Bundle bundle, Failed reason) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            reason.addSuppressed(e);
        }
    }

    /** With the innermost reason, which says most. */
    static Failed failed(String what, BundleException failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        String text = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        // What follows repeats it.
        text = text.replaceFirst("Unresolved requirements: .*", "");
        return new Failed(Words.printable(what + ": " + text.replaceAll("\\s+", " ")));
    }
}
