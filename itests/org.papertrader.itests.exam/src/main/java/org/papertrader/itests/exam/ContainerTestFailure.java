package org.papertrader.itests.exam;

/** Carries what a test threw out of the container, through interfaces that know no checked exceptions. */
final class ContainerTestFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Throwable thrown;

    ContainerTestFailure(Throwable thrown) {
        super(thrown);
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }
}
