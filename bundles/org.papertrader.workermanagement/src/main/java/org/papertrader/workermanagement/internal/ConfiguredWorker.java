package org.papertrader.workermanagement.internal;

/**
 * A worker that the configuration registers.
 *
 * @param keyFile the file of its public key
 */
record ConfiguredWorker(Registration registration, String keyFile) {
    private static final int WORDS = 5;

    /** Reads {@code uuid name region addresses keyfile}; the file is the rest of the line, blanks and all. */
    static ConfiguredWorker parse(String line) {
        String[] words = line.strip().split("\\s+", WORDS);
        if (words.length < WORDS) {
            throw new IllegalArgumentException("a worker is registered by 'uuid name region addresses keyfile', "
                    + (words.length == WORDS - 1 ? "and the file of its public key is missing" : "all on one line"));
        }
        return new ConfiguredWorker(
                new Registration(Registration.uuid(words[0]), words[1], words[2], words[3]), words[4]);
    }
}
