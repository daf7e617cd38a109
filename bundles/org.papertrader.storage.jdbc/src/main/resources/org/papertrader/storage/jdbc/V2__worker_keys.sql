-- oldest code: 1
-- The public keys of workers, armored, as UTF-8; two of one worker while its key is rotated.

CREATE TABLE IF NOT EXISTS worker_key (
  worker VARBINARY(16) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  armored ${bytes} NOT NULL,
  added BIGINT NOT NULL,
  PRIMARY KEY (worker, fingerprint)
);
