package org.papertrader.itests.architecture;

import java.util.regex.Pattern;

/**
 * A Java file.
 *
 * @param path from the repository's root, with slashes
 * @param text the whole file
 */
record SourceFile(String path, String text) {
    private static final Pattern NOT_CODE = Pattern.compile(
            "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*[\\s\\S]*?\\*/");

    boolean isTest() {
        return path.contains("/src/test/");
    }

    /** Without comments and literals. */
    String code() {
        return NOT_CODE.matcher(text).replaceAll(" ");
    }

    /** The folder below {@code bundles/} and the like. */
    String module() {
        return path.split("/", 3)[1];
    }

    String className() {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
    }

    int lines() {
        return (int) text.lines().count();
    }
}
