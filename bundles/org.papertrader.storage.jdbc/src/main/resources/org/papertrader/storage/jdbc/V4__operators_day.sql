-- oldest code: 3
-- Why and since when an operator locked an account.
ALTER TABLE account ADD COLUMN IF NOT EXISTS locked_at BIGINT;
ALTER TABLE account ADD COLUMN IF NOT EXISTS lock_reason VARCHAR(200);

-- What an operator holds: a symbol, or '*' for all orders. Older code does not know it, and fills what is held.
CREATE TABLE IF NOT EXISTS ledger_hold (
  symbol VARCHAR(16) NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL,
  reason VARCHAR(200) NOT NULL
);
