package org.papertrader.shell.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard error of a session, in UTF-8, which knows whether anything was said there. Thread-safe. */
public final class ErrorStream extends PrintStream {
    private final Note note;

    /** Writes on to {@code out}. */
    public ErrorStream(OutputStream out) {
        this(new Note(out));
    }

    private ErrorStream(Note note) {
        super(note, true, StandardCharsets.UTF_8);
        this.note = note;
    }

    /** Whether something was written since this was asked last. */
    boolean wasWritten() {
        boolean written = note.written;
        note.written = false;
        return written;
    }

    private static final class Note extends FilterOutputStream {
        private volatile boolean written;

        Note(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            written = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            written = true;
            out.write(bytes, offset, length);
        }
    }
}
