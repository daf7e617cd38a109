package org.papertrader.gateway.internal;

import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;

/** What a request is answered with, before it is encoded. */
sealed interface Answer {
    /** A return. */
    record Returned(Return value) implements Answer {}

    /** A payload. */
    record Data(Payload payload) implements Answer {}

    /** No, and why; becomes the request's own failing return. */
    record No(Refusal refusal) implements Answer {}
}
