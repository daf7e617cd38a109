/**
 * The stores in SQL, for any backend that has a {@link javax.sql.DataSource} and a {@link
 * org.papertrader.storage.jdbc.Dialect}. Instants are kept as microseconds since 1970, finer parts are cut off; amounts
 * as 64-bit mantissas.
 */
package org.papertrader.storage.jdbc;
