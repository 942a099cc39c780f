CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    uuid BLOB NOT NULL,
    private BLOB NOT NULL,
    boot INTEGER NOT NULL -- starts of this intercom
) STRICT;

CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    inner_door INTEGER NOT NULL,
    zone BLOB, -- the table as on the air
    changes INTEGER NOT NULL,
    head_number INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    floor INTEGER NOT NULL,
    -- the opening whose answer is not written yet; all but the key are set or none is
    unfinished_kid BLOB,
    unfinished_key BLOB,
    unfinished_door INTEGER,
    unfinished_via INTEGER
) STRICT;

CREATE TABLE manager (
    place INTEGER PRIMARY KEY, -- in the order of their coming
    kid BLOB NOT NULL UNIQUE,
    key BLOB NOT NULL,
    name TEXT NOT NULL,
    is_new INTEGER NOT NULL
) STRICT;

CREATE TABLE phone (
    kid BLOB PRIMARY KEY,
    key BLOB NOT NULL,
    tap_number INTEGER, -- with its hash, or neither
    tap_hash BLOB,
    tap_outcome BLOB, -- NULL while the relay's word is not written
    idle_since INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE access_key (
    id BLOB NOT NULL UNIQUE,
    change INTEGER NOT NULL,
    signed BLOB, -- the grant as it came; NULL once deleted
    holder_kid BLOB,
    holder_name TEXT,
    used_entrance INTEGER NOT NULL,
    used_inner INTEGER NOT NULL
) STRICT;
CREATE INDEX access_key_change ON access_key (change, id);
CREATE INDEX access_key_holder ON access_key (holder_kid) WHERE holder_kid IS NOT NULL;

CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
