-- A wallet as version 1 wrote it, sealed with 32 bytes of 7. Frozen: never edit it.
CREATE TABLE phone (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    own_name TEXT NOT NULL,
    draft TEXT
) STRICT;
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
CREATE VIRTUAL TABLE key_words USING fts5 (
    name, holder,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TABLE deletion (
    intercom INTEGER NOT NULL REFERENCES intercom ON DELETE CASCADE,
    key_id BLOB NOT NULL,
    name TEXT NOT NULL,
    grant_bytes BLOB,
    queued INTEGER, -- to be put again
    PRIMARY KEY (intercom, key_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX deletion_queued ON deletion (intercom, queued) WHERE queued IS NOT NULL;
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
INSERT INTO phone (one, own_name, draft)
    VALUES (1, 'Béla', NULL);
INSERT INTO pairing (one, uuid, alias, name, address)
    VALUES (1, x'fbed1870b5ee0a6e5ae06fa23b387ca3c22c8b44218e12a976f7650c6066430d00ac83288d0c7266c6910f2885b121a9082b1ccb', 'b', 'Office', NULL);
INSERT INTO intercom (id, public_key, name, doors, alias, phone_key, seal, is_manager, transport, ask_presence, address, urls, zone, tzdb, zone_until, revision, inner_door, clock_error, strangers, settings_at, clock_ahead, heard_at, heard_via, last_used_ms, last_number, read_number, read_hash, told_number, told_hash, keys_cursor, duty)
    VALUES (1, x'0909090909090909090909090909090909090909090909090909090909090909', 'Home', 3, 'alias', x'026ff03b949241ce1dadd43519e6960e0a85b41a69a05c328103aa2bce1594ca16', x'fbed1870b5ee0a6e', 1, 0, 0, NULL, '[]', 'Europe/Budapest', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1800000000000, 1800000000000, 2, x'cd000f47de4d31cc926b5061f32a594b1f6e150cf7694c4c9debb9c48b4a21ef', 2, x'cd000f47de4d31cc926b5061f32a594b1f6e150cf7694c4c9debb9c48b4a21ef', 5, 0);
INSERT INTO person (intercom, kid, name, manages)
    VALUES (1, x'bbb47e396351524a', 'Anna', NULL);
INSERT INTO person (intercom, kid, name, manages)
    VALUES (1, x'c562abf3a0edc3ce', 'Cecil', 1);
INSERT INTO key (id, intercom, key_id, name, category, theirs, theirs_deleted, put_again, mine, overtaken, problem, queued, holder, holder_name, used_entrance, used_inner, holder_lost, secret, secret_commitment, shared_at, held, claim_grant, claim_secret, claim_name, claim_outcome, last_used_ms)
    VALUES (1, 1, x'0000000000000001', 'Cleaner', 2, x'844da201260448dbdb99c64b3d511fa05841ab0048000000000000000101010200031a6b49d200041a6b715f00058100060307030850cc8cd41cef907c4d216069122c4b8993182067436c65616e65721821025840d9a82058fd8c9e27fce6ad308dec5e885e7eea42e351c0613f17d9ffbb47b8ddf73f621de5486747a4305f701f794f38bbf9cb524b7ee0863c875d78c237fa57', 0, 0, NULL, 0, NULL, NULL, x'bbb47e396351524a', 'Anna', 1, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO key (id, intercom, key_id, name, category, theirs, theirs_deleted, put_again, mine, overtaken, problem, queued, holder, holder_name, used_entrance, used_inner, holder_lost, secret, secret_commitment, shared_at, held, claim_grant, claim_secret, claim_name, claim_outcome, last_used_ms)
    VALUES (2, 1, x'0000000000000002', 'Renter', 2, NULL, 0, 0, x'844da201260448dbdb99c64b3d511fa05840ab0048000000000000000201010200031a6b49d200041a6b715f00058100060307030850292afde3b64e6636d68f1120d9242f1f18206652656e74657218210258403b8957fbfb476d87f30fa0255207f6135c67f8a18dd905299b1bff4e6bbf9db2d4ae022c4e8f845b999f8e52b1a6d394c3e007032701cf72f0d6f7f26a861b99', 0, NULL, 1, NULL, NULL, 0, 0, 0, x'fbed1870b5ee0a6e70eb77645c23cea3e9ab9daed081daf67b1893c789d3e2b40721d6eddd54cea789d368867ef5b576c7e424b5', x'292afde3b64e6636d68f1120d9242f1f', NULL, 0, NULL, NULL, NULL, NULL, NULL);
INSERT INTO deletion (intercom, key_id, name, grant_bytes, queued)
    VALUES (1, x'0000000000000009', '', NULL, NULL);
INSERT INTO activity (id, intercom, at, class, number, entry, hash, ending, outcome, door, via, key_id, kid, returned)
    VALUES (1, 1, 1800000000, 3, 1, x'8901582000000000000000000000000000000000000000000000000000000000000000001a6b49d2000448c562abf3a0edc3ce480000000000000001f6018165436563696c', x'78398bdc3c770600b3f74ac578f3718e5b82639ef0de42da5195d4acf734be8f', NULL, NULL, NULL, 1, x'0000000000000001', x'c562abf3a0edc3ce', 0);
INSERT INTO activity (id, intercom, at, class, number, entry, hash, ending, outcome, door, via, key_id, kid, returned)
    VALUES (2, 1, 1800000000, 2, 2, x'8902582078398bdc3c770600b3f74ac578f3718e5b82639ef0de42da5195d4acf734be8f1a6b49d2000348c562abf3a0edc3ce480000000000000001f601820001', x'cd000f47de4d31cc926b5061f32a594b1f6e150cf7694c4c9debb9c48b4a21ef', NULL, NULL, NULL, 1, x'0000000000000001', x'c562abf3a0edc3ce', 0);
INSERT INTO tap (intercom, door, number, key_id, body, started_ms, outcome, ending, ended_ms, settled, activity)
    VALUES (1, 2, 1800000000000, NULL, x'fbed1870b5ee0a6ef2cc06a09aadbba6a6359dba2c25f21157f11055091cd5140c2e58f53f0d03', 1800000000000, NULL, NULL, NULL, 0, NULL);
INSERT INTO note (id, intercom, kind, kid, name, count, at)
    VALUES (1, 1, 3, x'c562abf3a0edc3ce', 'Cecil', NULL, 1800000000);
PRAGMA user_version = 1;
