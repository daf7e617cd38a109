package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.storage.jdbc.AccountStoreContract;
import org.papertrader.storage.jdbc.Dialect;
import org.papertrader.storage.jdbc.FoldContract;
import org.papertrader.storage.jdbc.LedgerCheckContract;
import org.papertrader.storage.jdbc.LedgerStoreContract;
import org.papertrader.storage.jdbc.MarketStoreContract;
import org.papertrader.storage.jdbc.MigrationContract;
import org.papertrader.storage.jdbc.MoveContract;
import org.papertrader.storage.jdbc.MoveFailureContract;
import org.papertrader.storage.jdbc.SessionStoreContract;
import org.papertrader.storage.jdbc.VersionOneContract;
import org.papertrader.storage.jdbc.WorkerStoreContract;
import org.papertrader.storage.jdbc.WritersContract;

/** The contracts of all stores on an H2 file. */
@Tag("MST-5")
class H2ContractTest {
    @TempDir
    Path directory;

    static DataSource dataSource(Path directory) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(H2Files.url(directory, 16));
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Sessions extends SessionStoreContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Writers extends WritersContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Workers extends WorkerStoreContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Market extends MarketStoreContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Ledger extends LedgerStoreContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class LedgerCheck extends LedgerCheckContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Migration extends MigrationContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Fold extends FoldContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class VersionOne extends VersionOneContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class Move extends MoveContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected DataSource other() {
            return H2ContractTest.dataSource(directory.resolve("other"));
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }

    @Nested
    class MoveFailure extends MoveFailureContract {
        @Override
        protected DataSource dataSource() {
            return H2ContractTest.dataSource(directory);
        }

        @Override
        protected DataSource other() {
            return H2ContractTest.dataSource(directory.resolve("other"));
        }

        @Override
        protected Dialect dialect() {
            return new H2Dialect();
        }
    }
}
