package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of the operator's values, one file {@code <pid>.cfg} a PID. */
final class OperatorFolder {
    private static final String SUFFIX = ".cfg";
    private static final int FILES_MAX = 1_000;
    private static final long FILE_BYTES_MAX = 1L << 20;
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.~-]*");

    private final Path folder;

    OperatorFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** The text of each file, by PID. A file that cannot be read is given as {@link #UNREADABLE}. */
    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return texts;
        }
        for (Path file : files()) {
            String name = file.getFileName().toString();
            texts.put(name.substring(0, name.length() - SUFFIX.length()), text(file));
        }
        return texts;
    }

    /** Stands for content that is no text; it never parses. */
    static final String UNREADABLE = "\\u";

    /** The file of the PID as it is now; empty if there is none. */
    OperatorFile file(String pid) throws FeatureException {
        try {
            return new OperatorFile(Files.readString(path(pid)));
        } catch (NoSuchFileException e) {
            return new OperatorFile("");
        } catch (IOException e) {
            throw new FeatureException(path(pid) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Replaces the file of the PID in one step, so that no reader sees half of it. */
    void write(String pid, OperatorFile content) throws FeatureException {
        Path target = path(pid);
        try {
            Files.createDirectories(folder);
            Path next = Files.createTempFile(folder, ".", ".tmp");
            Files.writeString(next, content.text());
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new FeatureException(target + " cannot be written: " + e.getMessage(), e);
        }
    }

    private Path path(String pid) throws FeatureException {
        if (!PID.matcher(pid).matches()) {
            throw new FeatureException("'" + pid + "' is no PID");
        }
        return folder.resolve(pid + SUFFIX);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(OperatorFolder::isOperatorFile).limit(FILES_MAX).toList();
        }
    }

    private static boolean isOperatorFile(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX)
                && PID.matcher(name.substring(0, name.length() - SUFFIX.length()))
                        .matches()
                && Files.isRegularFile(file);
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.size(file) <= FILE_BYTES_MAX ? Files.readString(file) : UNREADABLE;
        } catch (MalformedInputException e) {
            return UNREADABLE;
        }
    }
}
