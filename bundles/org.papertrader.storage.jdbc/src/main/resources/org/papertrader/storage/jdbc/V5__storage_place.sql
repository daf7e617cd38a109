-- oldest code: 3
-- One row: what this database is. state: 0 the one in use, 1 a copy that is being made, 2 one that was moved away.
-- move: which move, 16 bytes; other: where the other one of that move is; noted: since when.
CREATE TABLE IF NOT EXISTS storage_place (
  id SMALLINT NOT NULL PRIMARY KEY,
  state SMALLINT NOT NULL,
  move VARBINARY(16),
  other VARCHAR(4000),
  noted BIGINT NOT NULL
);
