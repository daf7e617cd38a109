package org.papertrader.link.internal.secure;

/**
 * What a finished handshake leaves.
 *
 * @param peer the certificate that the other side proved to own
 * @param sealer what this side sends
 * @param opener what it receives
 */
public record SecureSession(PeerKey peer, RecordSealer sealer, RecordOpener opener) {}
