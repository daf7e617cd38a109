package org.papertrader.assembler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The files of a Debian package that are no part of the distribution: control files, documents, configuration. */
final class DebianFiles {
    /** Debian's policy wants these compressed, as much as gzip can. */
    private static final Set<String> COMPRESSED = Set.of("changelog", "papertrader.8");

    private static final Pattern TOKEN = Pattern.compile("@([a-z][a-z.]*)@");
    /** Where a gzip header says how hard it was tried, and what it says for: as hard as possible. */
    private static final int EFFORT = 8;

    private static final byte UTMOST = 2;

    private final Map<String, String> values = new TreeMap<>();

    /** @param version of Maven: a snapshot of one comes before it */
    DebianFiles(String role, String version, String maintainer) {
        values.put("role", role);
        values.put("project.version", version);
        values.put("debian.version", version.replace("-", "~"));
        values.put("debian.maintainer", maintainer);
    }

    /** Fills a folder with the files of another: tokens replaced, compressed where that is wanted. */
    void write(Path sources, Path target) throws IOException, AssemblyException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(sources)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = sources.relativize(file).toString();
            byte[] content = filled(file).getBytes(StandardCharsets.UTF_8);
            boolean compressed = COMPRESSED.contains(name);
            Path copy = target.resolve(compressed ? name + ".gz" : name);
            Path folder = copy.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(copy, compressed ? gzip(content) : content);
        }
    }

    private String filled(Path file) throws IOException, AssemblyException {
        Matcher token = TOKEN.matcher(Files.readString(file));
        StringBuilder filled = new StringBuilder();
        while (token.find()) {
            String value = values.get(token.group(1));
            if (value == null) {
                throw new AssemblyException(file + " has " + token.group() + ", which nobody knows");
            }
            token.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return token.appendTail(filled).toString();
    }

    /** Without a time in it: the same text makes the same file. */
    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new Hardest(bytes)) {
            out.write(content);
        }
        byte[] file = bytes.toByteArray();
        file[EFFORT] = UTMOST;
        return file;
    }

    private static final class Hardest extends GZIPOutputStream {
        Hardest(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
