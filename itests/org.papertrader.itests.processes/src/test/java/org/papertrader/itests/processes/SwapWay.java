package org.papertrader.itests.processes;

/** The ways in which operators exchange a bundle while the program runs. */
enum SwapWay {
    /** Nothing is exchanged: what the load does to itself. */
    BASELINE("nothing"),
    /** Gogo's {@code update} with a newer jar, and {@code refresh} where others import from it. */
    UPDATE("update"),
    /** Gogo's {@code stop} and {@code start}. */
    STOP_START("stop, start"),
    /** A jar of a higher version is put into the folder for hot deployment, and taken away again. */
    DEPLOY("deploy/"),
    /** The feature manager brings a version of the feature in which the bundle is newer. */
    UPGRADE("feature:upgrade");

    private final String title;

    SwapWay(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
