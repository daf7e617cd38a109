package org.papertrader.link.internal.secure;

import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPDefaultPolicy;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** Bouncy Castle's OpenPGP with one policy. No JCA provider is registered: AES-GCM of records stays with the JDK. */
final class Pgp {
    /** Which algorithms are good enough: Bouncy Castle's default, without those that are broken today. */
    static final OpenPGPDefaultPolicy POLICY = new OpenPGPDefaultPolicy();

    static final OpenPGPApi API = new BcOpenPGPApi(new BcOpenPGPImplementation(), POLICY);

    private Pgp() {}
}
