PRAGMA application_id = 1464751948;
PRAGMA user_version = 1;

CREATE TABLE event (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
  id BLOB NOT NULL CHECK (length(id) = 32),
  kind TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  repetition INTEGER NOT NULL,
  entry BLOB NOT NULL CHECK (length(entry) BETWEEN 1 AND 65535)
) STRICT;

CREATE UNIQUE INDEX event_by_id ON event (id);

CREATE INDEX event_by_repetition ON event (repetition);

CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE sequence = NEW.sequence)
  OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an event is never replaced'); END;

CREATE TRIGGER event_without_gap BEFORE INSERT ON event
WHEN NEW.sequence > 0 AND NOT EXISTS (SELECT 1 FROM event WHERE sequence = NEW.sequence - 1)
BEGIN SELECT RAISE(ABORT, 'sequences have no gap'); END;

CREATE TRIGGER event_never_updated BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never updated'); END;

CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

CREATE TABLE tree_hash (
  position INTEGER PRIMARY KEY CHECK (position >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER tree_hash_never_replaced BEFORE INSERT ON tree_hash
WHEN EXISTS (SELECT 1 FROM tree_hash WHERE position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a tree hash is never replaced'); END;

CREATE TRIGGER tree_hash_never_updated BEFORE UPDATE ON tree_hash
BEGIN SELECT RAISE(ABORT, 'a tree hash is never updated'); END;

CREATE TRIGGER tree_hash_never_deleted BEFORE DELETE ON tree_hash
BEGIN SELECT RAISE(ABORT, 'a tree hash is never deleted'); END;

CREATE TABLE checkpoint (
  number INTEGER PRIMARY KEY CHECK (number >= 0),
  size INTEGER NOT NULL CHECK (size > 0),
  note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 1048576)
) STRICT;

CREATE INDEX checkpoint_by_size ON checkpoint (size);

CREATE TRIGGER checkpoint_never_replaced BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never replaced'); END;

CREATE TRIGGER checkpoint_never_updated BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never updated'); END;

CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;

CREATE TABLE position (
  number INTEGER PRIMARY KEY CHECK (number = 0),
  size INTEGER NOT NULL CHECK (size > 0),
  recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE projection_actor (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_key (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_role (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_charter (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_dataset (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_release (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_hash_list (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_finding (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_verification (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_model (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_training (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_stated (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_withdrawal (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_dispute (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_attachment (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_hold (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_stated_figure (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_observation (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_availability (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_derivative (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_notice (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_residue (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_authority_report (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_model_event (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_claim (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE projection_concern (
  key TEXT NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
