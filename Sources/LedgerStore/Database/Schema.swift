internal import Provenance

/// The SQL of a ledger's file: what `Schemas/ledger.sql` shows, statement by statement.
enum Schema {
  /// "WNWL": tells a ledger's file from any other SQLite database.
  static let applicationID: Int64 = 0x574e_574c

  /// The version of the tables, of the kinds and of the kinds' versions: any change of these makes it
  /// one more.
  ///
  /// A later one is not read at all: what its kinds and projections say is never guessed at.
  static let version: Int64 = 1

  /// Every statement, in the order in which a new ledger runs them.
  static let statements: [String] =
    event + treeHash + checkpoint + position + [projection] + Views.all

  /// The admitted events: the entry's bytes, and columns derived from them for look-ups.
  ///
  /// `recorded_at` is in milliseconds since 1970; `repetition` is the first 8 bytes of the
  /// statement's repetition key as a big-endian signed integer: a look-up reads the candidates.
  private static let event =
    [
      """
      CREATE TABLE event (
        sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
        id BLOB NOT NULL CHECK (length(id) = 32),
        kind TEXT NOT NULL,
        recorded_at INTEGER NOT NULL,
        repetition INTEGER NOT NULL,
        entry BLOB NOT NULL CHECK (length(entry) BETWEEN 1 AND 65535)
      ) STRICT
      """,
      "CREATE UNIQUE INDEX event_by_id ON event (id)",
      "CREATE INDEX event_by_repetition ON event (repetition)",
      """
      CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
      WHEN EXISTS (SELECT 1 FROM event WHERE sequence = NEW.sequence)
        OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
      BEGIN SELECT RAISE(ABORT, 'an event is never replaced'); END
      """,
      """
      CREATE TRIGGER event_without_gap BEFORE INSERT ON event
      WHEN NEW.sequence > 0 AND NOT EXISTS (SELECT 1 FROM event WHERE sequence = NEW.sequence - 1)
      BEGIN SELECT RAISE(ABORT, 'sequences have no gap'); END
      """,
    ] + neverChanged("event", "an event")

  /// The hashes of complete subtrees, by their dense place (TransparencyLog's `StoredHash`).
  private static let treeHash =
    [
      """
      CREATE TABLE tree_hash (
        position INTEGER PRIMARY KEY CHECK (position >= 0),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
      ) STRICT
      """,
      """
      CREATE TRIGGER tree_hash_never_replaced BEFORE INSERT ON tree_hash
      WHEN EXISTS (SELECT 1 FROM tree_hash WHERE position = NEW.position)
      BEGIN SELECT RAISE(ABORT, 'a tree hash is never replaced'); END
      """,
    ] + neverChanged("tree_hash", "a tree hash")

  /// Signed checkpoints as notes; one size has several when witnesses cosigned it later.
  private static let checkpoint =
    [
      """
      CREATE TABLE checkpoint (
        number INTEGER PRIMARY KEY CHECK (number >= 0),
        size INTEGER NOT NULL CHECK (size > 0),
        note BLOB NOT NULL CHECK (length(note) BETWEEN 1 AND 1048576)
      ) STRICT
      """,
      "CREATE INDEX checkpoint_by_size ON checkpoint (size)",
      """
      CREATE TRIGGER checkpoint_never_replaced BEFORE INSERT ON checkpoint
      WHEN EXISTS (SELECT 1 FROM checkpoint WHERE number = NEW.number)
      BEGIN SELECT RAISE(ABORT, 'a checkpoint is never replaced'); END
      """,
    ] + neverChanged("checkpoint", "a checkpoint")

  /// How far the projections go: the log's size, and the last entry's `recordedAt`.
  private static let position = [
    """
    CREATE TABLE position (
      number INTEGER PRIMARY KEY CHECK (number = 0),
      size INTEGER NOT NULL CHECK (size > 0),
      recorded_at INTEGER NOT NULL
    ) STRICT
    """
  ]

  /// The projections: `position` is the sequence of the event that put the row last.
  ///
  /// Keys begin with what rows of their kind are asked by, and go on in the log's order: whatever is
  /// asked is a range of the table itself, and no further index costs each append.
  static let projection = """
    CREATE TABLE projection (
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      position INTEGER NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID
    """

  private static func neverChanged(_ table: String, _ what: String) -> [String] {
    [
      """
      CREATE TRIGGER \(table)_never_updated BEFORE UPDATE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(what) is never updated'); END
      """,
      """
      CREATE TRIGGER \(table)_never_deleted BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, '\(what) is never deleted'); END
      """,
    ]
  }
}
