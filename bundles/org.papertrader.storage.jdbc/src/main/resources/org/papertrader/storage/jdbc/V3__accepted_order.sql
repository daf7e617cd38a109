-- oldest code: 3
-- From here on a writer that runs on older code and has the database open is fenced: none of its orders is missed.
UPDATE ledger_head SET epoch = epoch + 1;

-- Orders as they were accepted, with the reason for which an open one waits. How one ended is its line of the history.
-- No index begins with the account: each order of a commit would then change a page of its own.
-- client_key: account, ':', the client's own id; null without one.
CREATE TABLE IF NOT EXISTS accepted_order (
  id BIGINT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL,
  side SMALLINT NOT NULL,
  symbol VARCHAR(16) NOT NULL,
  quantity BIGINT NOT NULL,
  client_key VARCHAR(56),
  issued BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  accepted_market BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  reason_code VARCHAR(32),
  reason_text VARCHAR(500),
  worker VARBINARY(16) NOT NULL,
  worker_sequence BIGINT NOT NULL,
  corrected BIGINT NOT NULL,
  CONSTRAINT accepted_order_client UNIQUE (client_key),
  CONSTRAINT accepted_order_worker UNIQUE (worker, worker_sequence)
);

-- trade_order stays as it is; nothing reads it from here on.
INSERT INTO accepted_order (id, account, side, symbol, quantity, client_key, issued, accepted, accepted_market,
    reserved, reason_code, reason_text, worker, worker_sequence, corrected)
  SELECT id, account, side, symbol, quantity,
    CASE WHEN client_order_id IS NULL THEN NULL ELSE CONCAT(account, ':', client_order_id) END,
    issued, accepted, accepted_market, reserved, reason_code, reason_text, worker, worker_sequence, corrected
  FROM trade_order
  WHERE id > (SELECT COALESCE(MAX(id), 0) FROM accepted_order);

CREATE UNIQUE INDEX IF NOT EXISTS ledger_history_order ON ledger_history (account, order_id);

-- Posting sets of a commit, many in a row, in the order of their numbers; those before this version are in
-- ledger_posting_set. id is the number of the first.
CREATE TABLE IF NOT EXISTS ledger_posting_page (
  id BIGINT NOT NULL PRIMARY KEY,
  content ${bytes} NOT NULL
);
