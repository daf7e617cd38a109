package org.papertrader.model;

import java.util.UUID;

/**
 * DS-6 as clients see it: a worker that they may connect to.
 *
 * @param uuid identity
 * @param name for people, 1 to 32 characters without blanks
 * @param host the address that clients use
 * @param port the port that clients use, 1 to 65535
 * @param region for people and for choosing a near one, 1 to 32 characters without blanks
 */
public record WorkerServer(UUID uuid, String name, String host, int port, String region) {}
