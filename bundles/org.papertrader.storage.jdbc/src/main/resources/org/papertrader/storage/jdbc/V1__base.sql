-- oldest code: 1
-- Only adds; may run again after a crash half-way. Times are microseconds since 1970 UTC; money has 4 decimals,
-- prices and quantities 8, all as integers times 10^decimals.

CREATE TABLE IF NOT EXISTS account (
  id BIGINT AUTO_INCREMENT NOT NULL PRIMARY KEY,
  user_name VARCHAR(24) NOT NULL,
  user_key VARCHAR(24) NOT NULL,
  email VARCHAR(321) NOT NULL,
  email_key VARCHAR(321) NOT NULL,
  pass_hash VARCHAR(500),
  registered BIGINT NOT NULL,
  locked BOOLEAN NOT NULL,
  CONSTRAINT account_user_key UNIQUE (user_key),
  CONSTRAINT account_email_key UNIQUE (email_key)
);

CREATE TABLE IF NOT EXISTS user_session (
  hash VARBINARY(32) NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL,
  user_name VARCHAR(24) NOT NULL,
  created BIGINT NOT NULL,
  last_used BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  expirable BOOLEAN NOT NULL,
  client_address VARBINARY(16) NOT NULL
);
CREATE INDEX IF NOT EXISTS user_session_account ON user_session (account, created);
CREATE INDEX IF NOT EXISTS user_session_expires ON user_session (expires);

CREATE TABLE IF NOT EXISTS worker_server (
  uuid VARBINARY(16) NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  region VARCHAR(200) NOT NULL,
  allowed_addresses VARCHAR(4000) NOT NULL,
  enabled BOOLEAN NOT NULL,
  registered BIGINT NOT NULL,
  last_seen BIGINT
);

CREATE TABLE IF NOT EXISTS market_listing (
  symbol VARCHAR(16) NOT NULL PRIMARY KEY,
  name VARCHAR(500) NOT NULL,
  asset_class VARCHAR(64) NOT NULL,
  source VARCHAR(64) NOT NULL
);

CREATE TABLE IF NOT EXISTS market_bar (
  symbol VARCHAR(16) NOT NULL,
  resolution SMALLINT NOT NULL,
  ends BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  open_price BIGINT NOT NULL,
  high_price BIGINT NOT NULL,
  low_price BIGINT NOT NULL,
  close_price BIGINT NOT NULL,
  volume BIGINT NOT NULL,
  volume_scale SMALLINT NOT NULL,
  source VARCHAR(64) NOT NULL,
  PRIMARY KEY (symbol, resolution, ends)
);

CREATE TABLE IF NOT EXISTS market_current (
  symbol VARCHAR(16) NOT NULL PRIMARY KEY,
  ends BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  open_price BIGINT NOT NULL,
  high_price BIGINT NOT NULL,
  low_price BIGINT NOT NULL,
  close_price BIGINT NOT NULL,
  volume BIGINT NOT NULL,
  volume_scale SMALLINT NOT NULL,
  source VARCHAR(64) NOT NULL
);

CREATE TABLE IF NOT EXISTS market_state (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  content VARCHAR(4000) NOT NULL
);

-- One row: who may write the ledger, and where its chain of posting sets ends.
CREATE TABLE IF NOT EXISTS ledger_head (
  id SMALLINT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  commits BIGINT NOT NULL,
  last_set BIGINT NOT NULL,
  last_hash VARBINARY(32) NOT NULL
);

-- status: 0 open, 1 filled, 2 rejected, 3 cancelled. side: 1 buy, 2 sell.
CREATE TABLE IF NOT EXISTS trade_order (
  id BIGINT NOT NULL PRIMARY KEY,
  account BIGINT NOT NULL,
  side SMALLINT NOT NULL,
  symbol VARCHAR(16) NOT NULL,
  quantity BIGINT NOT NULL,
  client_order_id VARCHAR(36),
  issued BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  accepted_market BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  status SMALLINT NOT NULL,
  reason_code VARCHAR(32),
  reason_text VARCHAR(500),
  closed_at BIGINT,
  worker VARBINARY(16) NOT NULL,
  worker_sequence BIGINT NOT NULL,
  corrected BIGINT NOT NULL,
  CONSTRAINT trade_order_client UNIQUE (account, client_order_id),
  CONSTRAINT trade_order_worker UNIQUE (worker, worker_sequence)
);
CREATE INDEX IF NOT EXISTS trade_order_account ON trade_order (account, id);

-- The numbers of the open orders. An index on the status would cost several times as much whenever an order ends.
CREATE TABLE IF NOT EXISTS open_order (
  id BIGINT NOT NULL PRIMARY KEY
);

-- Changed rows of cash and positions as commits left them, newest last; folded into the two tables below by and by.
CREATE TABLE IF NOT EXISTS ledger_delta (
  id BIGINT AUTO_INCREMENT NOT NULL PRIMARY KEY,
  content ${bytes} NOT NULL
);

-- One row, locked by whoever folds.
CREATE TABLE IF NOT EXISTS ledger_fold (
  id SMALLINT NOT NULL PRIMARY KEY,
  folds BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS ledger_cash (
  account BIGINT NOT NULL PRIMARY KEY,
  cash BIGINT NOT NULL,
  version BIGINT NOT NULL,
  last_history BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS ledger_position (
  account BIGINT NOT NULL,
  symbol VARCHAR(16) NOT NULL,
  quantity BIGINT NOT NULL,
  cost_basis BIGINT NOT NULL,
  realised_profit BIGINT NOT NULL,
  PRIMARY KEY (account, symbol)
);

-- kind: 0 deposit, 1 buy, 2 sell.
CREATE TABLE IF NOT EXISTS ledger_history (
  account BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind SMALLINT NOT NULL,
  order_id BIGINT,
  symbol VARCHAR(16),
  quantity BIGINT NOT NULL,
  price BIGINT NOT NULL,
  cash_effect BIGINT NOT NULL,
  outcome SMALLINT NOT NULL,
  reason_code VARCHAR(32),
  reason_text VARCHAR(500),
  issued BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  completed BIGINT NOT NULL,
  completed_market BIGINT NOT NULL,
  price_time BIGINT,
  price_source VARCHAR(64) NOT NULL,
  PRIMARY KEY (account, id)
);

CREATE TABLE IF NOT EXISTS ledger_posting_set (
  id BIGINT NOT NULL PRIMARY KEY,
  order_id BIGINT NOT NULL,
  posted_at BIGINT NOT NULL,
  postings VARBINARY(16000) NOT NULL,
  hash VARBINARY(32) NOT NULL
);

-- state: 0 cut, 1 settling, 2 settled.
CREATE TABLE IF NOT EXISTS ledger_interval (
  id BIGINT NOT NULL PRIMARY KEY,
  cut_order BIGINT NOT NULL,
  cut_at BIGINT NOT NULL,
  market_time BIGINT NOT NULL,
  market_open BOOLEAN NOT NULL,
  state SMALLINT NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_interval_state ON ledger_interval (state, id);

CREATE TABLE IF NOT EXISTS ledger_interval_price (
  interval_id BIGINT NOT NULL,
  symbol VARCHAR(16) NOT NULL,
  price BIGINT NOT NULL,
  source_time BIGINT NOT NULL,
  source VARCHAR(64) NOT NULL,
  PRIMARY KEY (interval_id, symbol)
);
