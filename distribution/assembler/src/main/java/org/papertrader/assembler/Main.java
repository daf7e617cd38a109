package org.papertrader.assembler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Called by the build. */
public final class Main {
    private Main() {}

    /**
     * {@code check FEATURES CANDIDATES}; {@code fill FEATURES CANDIDATES HOME PROGRAM NAME,NAME FORBIDDEN,FORBIDDEN};
     * {@code debian SOURCES TARGET ROLE VERSION MAINTAINER}; {@code karaf FEATURES TARGET CANDIDATES NAME=NEEDED,NEEDED…}.
     *
     * @param arguments as above
     * @throws IOException when a file cannot be read or written
     * @throws AssemblyException when features and bundles do not fit together
     */
    public static void main(String[] arguments) throws IOException, AssemblyException {
        Path first = Path.of(arguments[1]);
        Path second = Path.of(arguments[2]);
        switch (arguments[0]) {
            case "check" -> new Assembly(first, second).check();
            case "fill" -> fill(new Assembly(first, second), arguments);
            case "debian" -> new DebianFiles(arguments[3], arguments[4], arguments[5]).write(first, second);
            case "karaf" ->
                KarafFeatures.write(
                        first, second, Path.of(arguments[3]), List.of(arguments).subList(4, arguments.length));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void fill(Assembly assembly, String[] arguments) throws IOException, AssemblyException {
        Path home = Path.of(arguments[3]);
        assembly.fill(home, list(arguments[5]), list(arguments[6]));
        Assembly.nameProgram(home, arguments[4]);
        // The time of this file tells whether any source is newer than the distribution.
        Files.writeString(home.resolveSibling("assembled"), "");
    }

    private static List<String> list(String text) {
        return List.of(text.split("\\s*,\\s*"));
    }
}
