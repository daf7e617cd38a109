package org.papertrader.model;

import java.net.InetAddress;
import java.time.Instant;

/**
 * DS-2 without its secret id: an active session.
 *
 * @param account whose it is
 * @param userName the account's name
 * @param expires the instant at which it ends if nothing happens
 * @param expirable true when it ends with its last connection (PRO-15)
 * @param clientAddress the address that logged in
 */
public record Session(
        AccountId account, UserName userName, Instant expires, boolean expirable, InetAddress clientAddress) {}
