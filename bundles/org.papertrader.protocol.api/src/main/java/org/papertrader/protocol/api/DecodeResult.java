package org.papertrader.protocol.api;

import org.papertrader.model.Refusal;

/** What came of decoding: a value, or the reason why the bytes are none. Decoding never throws for bad bytes. */
public sealed interface DecodeResult<T> {

    /** The bytes are well formed. */
    record Ok<T>(T value) implements DecodeResult<T> {}

    /**
     * The bytes are not well formed. The reasons {@code badFrame} and {@code unsupportedVersion} end the connection;
     * after any other the frame's end is known and the next one may be read.
     */
    record Malformed<T>(Refusal refusal) implements DecodeResult<T> {}
}
