package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a connection inside one transaction. */
@FunctionalInterface
interface SqlWork<R> {
    R run(Connection connection) throws SQLException;
}
