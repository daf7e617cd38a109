package org.papertrader.shell.ssh.internal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Leaves out what sets colours, which filters such as {@code grep} write wherever they write to. One thread at a time. */
final class PlainStream extends FilterOutputStream {
    private static final int ESCAPE = 0x1b;
    private static final int LENGTH_MAX = 32;

    /** What has begun like a colour. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    PlainStream(OutputStream out) {
        super(out);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (b == ESCAPE) {
            giveBegun();
            begun.write(b);
        } else if (begun.size() == 0) {
            out.write(b);
        } else if (begun.size() > 1 && b == 'm') {
            begun.reset();
        } else {
            begun.write(b);
            boolean goesOn = begun.size() == 2 ? b == '[' : (b >= '0' && b <= '9') || b == ';';
            if (!goesOn || begun.size() > LENGTH_MAX) {
                giveBegun();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == ESCAPE || begun.size() > 0) {
                out.write(bytes, from, i - from);
                write(bytes[i]);
                from = i + 1;
            }
        }
        out.write(bytes, from, end - from);
    }

    @Override
    public synchronized void close() throws IOException {
        giveBegun();
        super.close();
    }

    private void giveBegun() throws IOException {
        begun.writeTo(out);
        begun.reset();
    }
}
