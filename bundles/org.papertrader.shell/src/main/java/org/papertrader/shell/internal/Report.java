package org.papertrader.shell.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip of scrubbed texts. Only its owner may read it. */
final class Report implements Closeable {
    private static final int TEXT_MAX = 2_000_000;

    private final Scrubber scrubber;
    private final ZipOutputStream zip;
    private final Map<String, Integer> entries = new LinkedHashMap<>();

    /**
     * Begins one.
     *
     * @throws IOException also when there is such a file already
     */
    Report(Path file, Scrubber scrubber) throws IOException {
        this.scrubber = scrubber;
        OutputStream out = Files.newOutputStream(
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                StandardOpenOption.WRITE);
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Puts a text in; what is beyond the bound is left out, and that is said. */
    void add(String name, String text) throws IOException {
        String clean = scrubber.text(text);
        String bounded =
                clean.length() <= TEXT_MAX ? clean : clean.substring(0, TEXT_MAX) + "\n(the rest is left out)\n";
        byte[] bytes = bounded.getBytes(StandardCharsets.UTF_8);
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
        entries.put(name, bytes.length);
    }

    /** Puts the end of a file in, from a whole line on. */
    void addEnd(String name, Path file, int bytesMax) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            long begin = Math.max(0, length - bytesMax);
            in.seek(begin);
            byte[] bytes = new byte[Math.toIntExact(length - begin)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            add(name, begin == 0 ? text : "(the beginning is left out)\n" + text.substring(text.indexOf('\n') + 1));
        }
    }

    /** Bytes by name. */
    Map<String, Integer> entries() {
        return entries;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
