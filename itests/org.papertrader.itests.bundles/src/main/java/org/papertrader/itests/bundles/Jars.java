package org.papertrader.itests.bundles;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Bundles made during a test. */
public final class Jars {

    private Jars() {}

    /** A bundle of one class, which starts and stops with it. */
    public static byte[] bundle(String symbolicName, String version, Class<? extends BundleActivator> activator)
            throws IOException {
        return TestBundle.of(symbolicName, version)
                .activator(activator, "org.osgi.framework")
                .bytes();
    }

    /** The version of a bundle. */
    public static Version version(byte[] bundle) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bundle))) {
            return new Version(in.getManifest().getMainAttributes().getValue(Constants.BUNDLE_VERSION));
        }
    }

    /** The same bundle with another version; everything else stays as it is. */
    public static byte[] restamp(byte[] bundle, Version version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(bundle))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version.toString());
            try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
        }
        return bytes.toByteArray();
    }

    /** As File Install wants it: a file appears in the folder whole or not at all. */
    public static void deploy(byte[] bundle, Path target) throws IOException {
        Path draft = target.resolveSibling(target.getFileName() + ".draft");
        Files.write(draft, bundle);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
