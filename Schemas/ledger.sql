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

CREATE TABLE projection (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE VIEW v_event AS
SELECT sequence, lower(hex(id)) AS event, kind,
  strftime('%Y-%m-%dT%H:%M:%S', recorded_at / 1000, 'unixepoch')
    || printf('.%03dZ', recorded_at % 1000) AS recorded_at
FROM event;

CREATE VIEW v_release AS
SELECT key AS release, e.sequence, e.event, e.recorded_at,
  document ->> '$.publication.winnowSet1' AS root,
  document ->> '$.publication.tally.keys' AS keys,
  document ->> '$.publication.tally.rows' AS rows,
  document ->> '$.publication.derivation.parent' AS parent,
  json_array_length(document, '$.removals') AS removals
FROM projection JOIN v_event e ON e.sequence = document ->> '$.published'
WHERE projection.kind = 'release';

CREATE VIEW v_match AS
SELECT e.sequence, e.event, e.recorded_at, document ->> '$.release' AS release,
  (SELECT key FROM projection list WHERE list.kind = 'hash_list'
    AND list.document ->> '$.event' = projection.document ->> '$.source') AS list,
  document ->> '$.tally.keys' AS keys, document ->> '$.tally.rows' AS rows,
  document ->> '$.actors' AS actors
FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
WHERE projection.kind = 'finding' AND document ->> '$.kind' = 'match-completed';

CREATE VIEW v_removal AS
SELECT e.sequence, e.event, e.recorded_at, document ->> '$.release' AS release,
  document ->> '$.tally.keys' AS keys, document ->> '$.tally.rows' AS rows,
  document ->> '$.actors' AS actors
FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
WHERE projection.kind = 'finding' AND document ->> '$.kind' = 'removal-decided';

CREATE VIEW v_model AS
SELECT key AS model, e.sequence, e.event, e.recorded_at,
  coalesce(json_array_length(document, '$.registration.artifacts'), 0) AS artifacts,
  document ->> '$.deprecated' AS deprecated
FROM projection JOIN v_event e ON e.sequence = document ->> '$.registered'
WHERE projection.kind = 'model';

CREATE VIEW v_actor AS
SELECT key AS actor, e.sequence, e.recorded_at,
  (SELECT json_group_array(role.document ->> '$.role') FROM projection role
    WHERE role.kind = 'role' AND role.document ->> '$.actor' = projection.key
    AND role.document ->> '$.revoked' IS NULL) AS roles,
  (SELECT count(*) FROM projection held
    WHERE held.kind = 'key' AND held.document ->> '$.actor' = projection.key
    AND held.document ->> '$.revoked' IS NULL) AS keys
FROM projection JOIN v_event e ON e.sequence = document ->> '$.registered'
WHERE projection.kind = 'actor';

CREATE VIEW v_claim AS
SELECT e.sequence, e.event, document ->> '$.kind' AS kind, e.recorded_at,
  document ->> '$.occurredAt' AS occurred_at, document ->> '$.actors' AS actors,
  document ->> '$.attributedTo' AS attributed_to, document ->> '$.body' AS body
FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
WHERE projection.kind = 'claim';
