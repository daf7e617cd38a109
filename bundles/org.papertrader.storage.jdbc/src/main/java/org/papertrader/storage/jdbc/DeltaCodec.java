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
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;

/**
 * What a commit changes, as the bytes of one column: the format's number (1 byte), then for each row its kind (1 byte)
 * and its fields, numbers as 8 bytes big-endian, the symbol as its length (2) and UTF-8. A row is the cash of an account,
 * a position, the number of an order that opened, or of one that ended.
 */
final class DeltaCodec {
    private static final int FORMAT = 1;
    private static final int CASH = 1;
    private static final int POSITION = 2;
    private static final int OPENED = 3;
    private static final int ENDED = 4;
    /** Rows of one delta: at most 51 bytes each, so a delta fills a tenth of what the column takes, and folding one is short. */
    private static final int ROWS_MAX = 2_000;

    private DeltaCodec() {}

    /** As many deltas as the batch needs; none when it changes nothing of this. */
    static List<byte[]> encode(LedgerBatch batch) {
        try {
            List<byte[]> deltas = new ArrayList<>();
            Pages pages = new Pages(deltas);
            for (CashRow row : batch.cash()) {
                write(pages.next(), row);
            }
            for (PositionRow row : batch.positions()) {
                write(pages.next(), row);
            }
            for (OrderRow row : batch.newOrders()) {
                write(pages.next(), OPENED, row.order().id());
            }
            for (HistoryRow row : batch.history()) {
                OrderId order = row.transaction().order();
                if (order != null) {
                    write(pages.next(), ENDED, order);
                }
            }
            pages.end();
            return deltas;
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
    }

    /** Adds the rows of a delta, in their order. */
    static void decode(byte[] delta, LedgerChanges changes) throws SQLException {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(delta));
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new SQLException("a delta of the ledger has the unknown format " + format);
            }
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                decode(kind, in, changes);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SQLException("a delta of the ledger is damaged", e);
        }
    }

    private static void decode(int kind, DataInputStream in, LedgerChanges changes) throws IOException, SQLException {
        switch (kind) {
            case CASH ->
                changes.add(new CashRow(
                        new AccountId(in.readLong()), new Money(in.readLong()), in.readLong(), in.readLong()));
            case POSITION ->
                changes.add(new PositionRow(
                        new AccountId(in.readLong()),
                        new Symbol(in.readUTF()),
                        new Quantity(in.readLong()),
                        new Money(in.readLong()),
                        new Money(in.readLong())));
            case OPENED -> changes.open(in.readLong());
            case ENDED -> changes.end(in.readLong());
            default -> throw new SQLException("a delta of the ledger has a row of the unknown kind " + kind);
        }
    }

    private static void write(DataOutputStream out, int kind, OrderId order) throws IOException {
        out.writeByte(kind);
        out.writeLong(order.value());
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
