package org.papertrader.assembler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Called by the build. */
public final class Main {
    private Main() {}

    /**
     * {@code check FEATURES CANDIDATES}, or {@code fill FEATURES CANDIDATES HOME PROGRAM NAME,NAME FORBIDDEN,FORBIDDEN}.
     *
     * @param arguments as above
     * @throws IOException when a file cannot be read or written
     * @throws AssemblyException when features and bundles do not fit together
     */
    public static void main(String[] arguments) throws IOException, AssemblyException {
        Assembly assembly = new Assembly(Path.of(arguments[1]), Path.of(arguments[2]));
        switch (arguments[0]) {
            case "check" -> assembly.check();
            case "fill" -> {
                Path home = Path.of(arguments[3]);
                assembly.fill(home, list(arguments[5]), list(arguments[6]));
                Assembly.nameProgram(home, arguments[4]);
                // The time of this file tells whether any source is newer than the distribution.
                Files.writeString(home.resolveSibling("assembled"), "");
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static List<String> list(String text) {
        return List.of(text.split("\\s*,\\s*"));
    }
}
