package org.papertrader.transport.internal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a certificate's owner hears, one after the other: fingerprints, and lines of failures. */
class CertificateEvents implements PortCertificate.Events {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void loaded(Credential credential) {
        heard.add(credential.fingerprint());
    }

    @Override
    public void failed(String line) {
        heard.add(line);
    }

    String next() {
        try {
            String event = heard.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing became of the certificate");
            }
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isQuiet() {
        return heard.isEmpty();
    }
}
