package org.papertrader.storage.jdbc;

/** A database is not the one in use: it was moved away, or is the copy of a move that did not end. */
public final class PlaceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PlaceMark mark;

    PlaceException(PlaceMark mark) {
        super("the database is " + mark.state() + ", the other one of the move is " + mark.other());
        this.mark = mark;
    }

    /** What the database says of itself. */
    public PlaceMark mark() {
        return mark;
    }
}
