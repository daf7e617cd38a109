package org.papertrader.transport.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of one port; a factory configuration {@code org.papertrader.transport~<side>} each. */
@ObjectClassDefinition(name = "PaperTrader Transport", description = "A port that clients, or workers, connect to")
public @interface TransportConfig {
    /** The port that a side has by itself. */
    int PORT_OF_SIDE = -1;

    @AttributeDefinition(description = "worker: clients only; master: links of workers, and clients for the list")
    String side();

    @AttributeDefinition(description = "Address to listen on; without TLS only a loopback address")
    String address() default "127.0.0.1";

    @AttributeDefinition(
            min = "-1",
            max = "65535",
            description = "Port; -1: 2049 of a worker, 2048 of a master; 0: any free one")
    int port() default PORT_OF_SIDE;

    @AttributeDefinition(
            options = {@Option("on"), @Option("off")},
            description = "TLS 1.3 for clients: on, or off for plaintext on a loopback address")
    String tls() default "on";

    @AttributeDefinition(
            description = "Certificate: PEM with those that vouch for it behind it, or PKCS#12; empty: one is made")
    String certificateFile() default "";

    @AttributeDefinition(
            description = "PEM with the certificate's unencrypted PKCS#8 key; empty: certificateFile has it")
    String keyFile() default "";

    @AttributeDefinition(description = "File whose first line is the password of PKCS#12; only its owner may read it")
    String passwordFile() default "";

    @AttributeDefinition(description = "Folder that keeps a certificate that was made")
    String certificateDirectory() default "data/tls";

    @AttributeDefinition(
            description = "Names and IP addresses in a certificate that is made, besides localhost and the address")
    String[] certificateHosts() default {};

    @AttributeDefinition(min = "1", description = "Milliseconds that a TLS handshake may take")
    int handshakeTimeoutMs() default 10_000;

    @AttributeDefinition(
            min = "1",
            description = "Connections at a time that have not said what they are, or shake hands")
    int handshakesMax() default 2_000;

    @AttributeDefinition(min = "1", description = "The same of one address")
    int handshakesPerAddressMax() default 500;

    @AttributeDefinition(min = "1", description = "Connections at a time")
    int connectionsMax() default 10_000;

    @AttributeDefinition(min = "1", description = "Connections of one client address at a time")
    int connectionsPerAddressMax() default 1_000;

    @AttributeDefinition(min = "1", description = "Requests of one connection under way; more are answered busy")
    int inFlightMax() default 1_024;

    @AttributeDefinition(
            min = "1",
            description = "Below so many unsent bytes a connection is read again; so many of answers may wait behind a"
                    + " payload")
    int writeLowBytes() default 128 * 1024;

    @AttributeDefinition(
            min = "1",
            description = "Above so many unsent bytes a connection is not read, but for those answers")
    int writeHighBytes() default 256 * 1024;

    @AttributeDefinition(min = "1", description = "A connection that sends nothing for so many milliseconds is closed")
    long idleTimeoutMs() default 120_000;

    @AttributeDefinition(min = "1", description = "Milliseconds that a begun frame may take")
    long frameTimeoutMs() default 30_000;
}
