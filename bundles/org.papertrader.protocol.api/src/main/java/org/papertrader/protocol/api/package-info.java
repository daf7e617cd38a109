/**
 * The protocol between client, worker and master (PRO-1 … PRO-17): messages as records, instruction numbers, limits,
 * and the contract of a codec. {@code docs/protocol.md} describes every byte. Nothing here opens a socket.
 */
@Export
@Version("1.0.0")
package org.papertrader.protocol.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
