package org.papertrader.storage.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;

/**
 * Rows of cash and positions as the bytes of one column: the format's number (1 byte), then for each row its kind
 * (1 byte) and its fields, numbers as 8 bytes big-endian, the symbol as its length (2) and UTF-8.
 */
final class DeltaCodec {
    private static final int FORMAT = 1;
    private static final int CASH = 1;
    private static final int POSITION = 2;
    /** Rows of one delta: at most 51 bytes each, so a delta stays well below what the column takes. */
    private static final int ROWS_MAX = 10_000;

    private DeltaCodec() {}

    /** As many deltas as the rows need; none for no rows. */
    static List<byte[]> encode(List<CashRow> cash, List<PositionRow> positions) {
        try {
            List<byte[]> deltas = new ArrayList<>();
            Pages pages = new Pages(deltas);
            for (CashRow row : cash) {
                write(pages.next(), row);
            }
            for (PositionRow row : positions) {
                write(pages.next(), row);
            }
            pages.end();
            return deltas;
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
    }

    /** Adds the rows of a delta to the lists, in their order. */
    static void decode(byte[] delta, List<CashRow> cash, List<PositionRow> positions) throws SQLException {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(delta));
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new SQLException("a delta of the ledger has the unknown format " + format);
            }
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                AccountId account = new AccountId(in.readLong());
                if (kind == CASH) {
                    cash.add(new CashRow(account, new Money(in.readLong()), in.readLong(), in.readLong()));
                } else if (kind == POSITION) {
                    positions.add(new PositionRow(
                            account,
                            new Symbol(in.readUTF()),
                            new Quantity(in.readLong()),
                            new Money(in.readLong()),
                            new Money(in.readLong())));
                } else {
                    throw new SQLException("a delta of the ledger has a row of the unknown kind " + kind);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SQLException("a delta of the ledger is damaged", e);
        }
    }

    private static void write(DataOutputStream out, CashRow row) throws IOException {
        out.writeByte(CASH);
        out.writeLong(row.account().value());
        out.writeLong(row.cash().mantissa());
        out.writeLong(row.version());
        out.writeLong(row.lastHistoryId());
    }

    private static void write(DataOutputStream out, PositionRow row) throws IOException {
        out.writeByte(POSITION);
        out.writeLong(row.account().value());
        out.writeUTF(row.symbol().value());
        out.writeLong(row.quantity().mantissa());
        out.writeLong(row.costBasis().mantissa());
        out.writeLong(row.realisedProfit().mantissa());
    }

    /** Begins a new delta whenever one is full. */
    private static final class Pages {
        private final List<byte[]> full;
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int rows;

        Pages(List<byte[]> full) {
            this.full = full;
        }

        DataOutputStream next() throws IOException {
            if (rows == ROWS_MAX) {
                end();
            }
            DataOutputStream out = new DataOutputStream(bytes);
            if (rows == 0) {
                out.writeByte(FORMAT);
            }
            rows++;
            return out;
        }

        void end() {
            if (rows > 0) {
                full.add(bytes.toByteArray());
                bytes = new ByteArrayOutputStream();
                rows = 0;
            }
        }
    }
}
