/// Views for whoever reads the file with another program, such as `sqlite3`: one thing a row, members
/// under their names, times spelled out.
///
/// Nothing here reads them. Lists, as of actors, are JSON.
enum Views {
  static let all = [event, release, match, removal, model, actor, claim]

  private static let event = """
    CREATE VIEW v_event AS
    SELECT sequence, lower(hex(id)) AS event, kind,
      strftime('%Y-%m-%dT%H:%M:%S', recorded_at / 1000, 'unixepoch')
        || printf('.%03dZ', recorded_at % 1000) AS recorded_at
    FROM event
    """

  private static let release = """
    CREATE VIEW v_release AS
    SELECT key AS release, e.sequence, e.event, e.recorded_at,
      document ->> '$.publication.winnowSet1' AS root,
      document ->> '$.publication.tally.keys' AS keys,
      document ->> '$.publication.tally.rows' AS rows,
      document ->> '$.publication.derivation.parent' AS parent,
      json_array_length(document, '$.removals') AS removals
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.published'
    WHERE projection.kind = 'release'
    """

  private static let match = """
    CREATE VIEW v_match AS
    SELECT e.sequence, e.event, e.recorded_at, document ->> '$.release' AS release,
      (SELECT key FROM projection list WHERE list.kind = 'hash_list'
        AND list.document ->> '$.event' = projection.document ->> '$.source') AS list,
      document ->> '$.tally.keys' AS keys, document ->> '$.tally.rows' AS rows,
      document ->> '$.actors' AS actors
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
    WHERE projection.kind = 'finding' AND document ->> '$.kind' = 'match-completed'
    """

  private static let removal = """
    CREATE VIEW v_removal AS
    SELECT e.sequence, e.event, e.recorded_at, document ->> '$.release' AS release,
      document ->> '$.tally.keys' AS keys, document ->> '$.tally.rows' AS rows,
      document ->> '$.actors' AS actors
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
    WHERE projection.kind = 'finding' AND document ->> '$.kind' = 'removal-decided'
    """

  private static let model = """
    CREATE VIEW v_model AS
    SELECT key AS model, e.sequence, e.event, e.recorded_at,
      coalesce(json_array_length(document, '$.registration.artifacts'), 0) AS artifacts,
      document ->> '$.deprecated' AS deprecated
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.registered'
    WHERE projection.kind = 'model'
    """

  private static let actor = """
    CREATE VIEW v_actor AS
    SELECT key AS actor, e.sequence, e.recorded_at,
      (SELECT json_group_array(role.document ->> '$.role') FROM projection role
        WHERE role.kind = 'role' AND role.document ->> '$.actor' = projection.key
        AND role.document ->> '$.revoked' IS NULL) AS roles,
      (SELECT count(*) FROM projection held
        WHERE held.kind = 'key' AND held.document ->> '$.actor' = projection.key
        AND held.document ->> '$.revoked' IS NULL) AS keys
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.registered'
    WHERE projection.kind = 'actor'
    """

  private static let claim = """
    CREATE VIEW v_claim AS
    SELECT e.sequence, e.event, document ->> '$.kind' AS kind, e.recorded_at,
      document ->> '$.occurredAt' AS occurred_at, document ->> '$.actors' AS actors,
      document ->> '$.attributedTo' AS attributed_to, document ->> '$.body' AS body
    FROM projection JOIN v_event e ON e.sequence = document ->> '$.sequence'
    WHERE projection.kind = 'claim'
    """
}
