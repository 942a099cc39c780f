-- Times are UTC, in seconds unless a name ends in _ms. Grants are kept as they were signed.

-- What there is one of.
CREATE TABLE phone (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    own_name TEXT NOT NULL,
    draft TEXT
) STRICT;
INSERT INTO phone VALUES (1, '', NULL);

-- The pairing that is not answered yet.
CREATE TABLE pairing (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    uuid BLOB NOT NULL, -- sealed
    alias TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT
) STRICT;

CREATE TABLE intercom (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    name TEXT NOT NULL,
    doors INTEGER NOT NULL CHECK (doors BETWEEN 1 AND 3),
    -- This phone's key at this intercom, and which wrapping key stood beside it.
    alias TEXT NOT NULL,
    phone_key BLOB NOT NULL CHECK (length(phone_key) = 33),
    seal BLOB NOT NULL,
    is_manager INTEGER NOT NULL,
    -- This phone's own choices.
    transport INTEGER NOT NULL DEFAULT 0,
    ask_presence INTEGER NOT NULL DEFAULT 0,
    address TEXT,
    -- What the intercom said last.
    urls TEXT NOT NULL DEFAULT '[]',
    zone TEXT,
    tzdb TEXT,
    zone_until INTEGER,
    revision INTEGER,
    inner_door INTEGER,
    clock_error INTEGER,
    strangers INTEGER,
    settings_at INTEGER,
    clock_ahead INTEGER, -- the intercom's clock minus this phone's, where they differ too much
    heard_at INTEGER,
    heard_via INTEGER,
    last_used_ms INTEGER NOT NULL,
    -- Taps.
    last_number INTEGER NOT NULL DEFAULT 0,
    -- The log as far as it was read, as far as it was told, and where Keys goes on.
    read_number INTEGER NOT NULL DEFAULT 0,
    read_hash BLOB NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000',
    told_number INTEGER NOT NULL DEFAULT 0,
    told_hash BLOB NOT NULL DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000',
    keys_cursor INTEGER NOT NULL DEFAULT 0,
    -- What sync still has to do: 0 nothing, 1 first fill, 2 the log did not hold what it should.
    duty INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX intercom_last_used ON intercom (last_used_ms);

-- Who is known at an intercom.
CREATE TABLE person (
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    kid BLOB NOT NULL,
    name TEXT NOT NULL,
    manages INTEGER, -- 1 seen as a manager, 0 seen removed, null neither
    PRIMARY KEY (intercom, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    key_id BLOB NOT NULL CHECK (length(key_id) = 8),
    -- Of the grant that is shown, for lists.
    name TEXT NOT NULL,
    category INTEGER,
    -- What is known to be at the intercom, whether it is to be put there again, and this phone's own change that waits.
    theirs BLOB,
    theirs_deleted INTEGER NOT NULL DEFAULT 0,
    put_again INTEGER NOT NULL DEFAULT 0,
    mine BLOB,
    overtaken INTEGER NOT NULL DEFAULT 0,
    problem INTEGER, -- 1 too new for the intercom, 2 malformed
    -- The order of changes that are to be put; null where nothing is.
    queued INTEGER,
    holder BLOB,
    holder_name TEXT,
    used_entrance INTEGER NOT NULL DEFAULT 0,
    used_inner INTEGER NOT NULL DEFAULT 0,
    holder_lost INTEGER NOT NULL DEFAULT 0,
    -- The link's secret until somebody has claimed it.
    secret BLOB, -- sealed
    secret_commitment BLOB,
    shared_at INTEGER,
    -- Of a key that this phone holds or wants to: 0 no, 1 claiming, 2 held, 3 taken, 4 deleted, 5 link expired,
    -- 6 no longer known.
    held INTEGER NOT NULL DEFAULT 0,
    claim_grant BLOB,
    claim_secret BLOB, -- sealed
    claim_name TEXT,
    claim_outcome BLOB,
    last_used_ms INTEGER,
    UNIQUE (intercom, key_id)
) STRICT;
CREATE INDEX key_category ON key (category, id);
CREATE INDEX key_intercom ON key (intercom, id);
CREATE INDEX key_queued ON key (intercom, queued) WHERE queued IS NOT NULL;
CREATE INDEX key_claiming ON key (intercom, id) WHERE claim_secret IS NOT NULL;
CREATE INDEX key_held ON key (intercom, last_used_ms) WHERE held <> 0;
CREATE INDEX key_holder ON key (intercom, holder) WHERE holder IS NOT NULL;

-- Words of names, for search.
CREATE VIRTUAL TABLE key_words USING fts5 (
    name, holder,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TRIGGER key_added AFTER INSERT ON key BEGIN
    INSERT INTO key_words (rowid, name, holder) VALUES (new.id, new.name, new.holder_name);
END;
CREATE TRIGGER key_renamed AFTER UPDATE OF name, holder_name ON key
WHEN old.name IS NOT new.name OR old.holder_name IS NOT new.holder_name BEGIN
    INSERT OR REPLACE INTO key_words (rowid, name, holder) VALUES (new.id, new.name, new.holder_name);
END;
CREATE TRIGGER key_removed AFTER DELETE ON key BEGIN
    DELETE FROM key_words WHERE rowid = old.id;
END;

-- Keys that are deleted at the intercom, for good. The grant is the deletion, where this phone has it.
CREATE TABLE deletion (
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    key_id BLOB NOT NULL,
    name TEXT NOT NULL,
    grant_bytes BLOB,
    queued INTEGER, -- to be put again
    PRIMARY KEY (intercom, key_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deletion_queued ON deletion (intercom, queued) WHERE queued IS NOT NULL;

-- The last tap on each door (2: on none); one of them at most is in hand.
CREATE TABLE tap (
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    door INTEGER NOT NULL,
    number INTEGER NOT NULL,
    key_id BLOB,
    body BLOB, -- sealed: a claim holds the link's secret; gone once the tap is settled
    started_ms INTEGER NOT NULL,
    outcome BLOB,
    ending INTEGER, -- 1 answered, 2 unreachable, 3 no answer, 4 never arrived, 5 cancelled
    ended_ms INTEGER,
    settled INTEGER NOT NULL,
    activity INTEGER REFERENCES activity ON DELETE SET NULL,
    PRIMARY KEY (intercom, door)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tap_in_hand ON tap (intercom) WHERE settled = 0;

CREATE TABLE activity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    at INTEGER NOT NULL, -- an entry without a time stands with the one before it
    class INTEGER NOT NULL, -- 0 opened, 1 refused, 2 keys, 3 others
    -- An entry of the log: its number, bytes and their hash.
    number INTEGER,
    entry BLOB,
    hash BLOB,
    -- What this phone did: how it ended.
    ending INTEGER,
    outcome BLOB,
    door INTEGER,
    via INTEGER,
    key_id BLOB,
    kid BLOB,
    returned INTEGER NOT NULL DEFAULT 0 -- the use was given back
) STRICT;
CREATE UNIQUE INDEX activity_entry ON activity (intercom, number, hash) WHERE number IS NOT NULL;
CREATE INDEX activity_time ON activity (at, id);
CREATE INDEX activity_intercom ON activity (intercom, at, id);
CREATE INDEX activity_class ON activity (class, at, id);
CREATE INDEX activity_intercom_class ON activity (intercom, class, at, id);
CREATE INDEX activity_key ON activity (intercom, key_id, at, id) WHERE key_id IS NOT NULL;
CREATE INDEX activity_tap ON tap (activity) WHERE activity IS NOT NULL;

-- What a person should know or answer, until they have.
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    kind INTEGER NOT NULL, -- 1 entries ran out, 2 log broken, 3 manager paired, 4 manager back, 5 manager lost
    kid BLOB,
    name TEXT,
    count INTEGER,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_intercom ON note (intercom, id);
