"""The tables of the journal's file, and how an empty one is made."""

import apsw

SCHEMA_VERSION = 4
"""2 added words nobody knows; 3 encrypts texts, places message keys by time and names facts by origin; 4
keeps recent commits apart."""

WORDS_SINCE = 2
SEALED_SINCE = 3
RECENT_SINCE = 4
READABLE_VERSIONS = (1, 2, 3, SCHEMA_VERSION)

SCATTERED_KEYS = 1
"""Message keys are hashes: how journals that began in format 1 or 2 go on."""
PLACED_KEYS = 2
"""Message keys begin with coarse time."""

REAL_JOURNAL = 0x47504F52  # "GPOR"
SIMULATED_JOURNAL = 0x47504F53  # "GPOS"

MESSAGES = """
CREATE TABLE messages (
    key BLOB PRIMARY KEY, post INTEGER NOT NULL, first_revision INTEGER NOT NULL, newest INTEGER NOT NULL,
    revision INTEGER NOT NULL, fingerprint INTEGER NOT NULL, deleted INTEGER
) STRICT, WITHOUT ROWID;
"""
REVISIONS = """
CREATE TABLE revisions (
    post INTEGER NOT NULL, revision INTEGER NOT NULL, origin INTEGER NOT NULL, PRIMARY KEY (post, revision)
) STRICT, WITHOUT ROWID;
"""
TEXTS = """
CREATE TABLE texts (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, received INTEGER NOT NULL, said INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
"""
RECENT = """
CREATE TABLE recent (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL,
    beside BLOB NOT NULL, beside_crc INTEGER NOT NULL,
    origin INTEGER, last INTEGER, received INTEGER, said INTEGER, texts BLOB
) STRICT;
"""
ABOUT = """
CREATE TABLE about (
    epoch INTEGER NOT NULL, secret_check BLOB NOT NULL, key_style INTEGER NOT NULL,
    origins_offset INTEGER NOT NULL, forgettings INTEGER NOT NULL
) STRICT;
"""
_LOG_AND_NUMBERS = """
CREATE TABLE frames (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, crc INTEGER NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE authors (key BLOB PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE channels (key BLOB PRIMARY KEY, number INTEGER NOT NULL, id TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE servers (key BLOB PRIMARY KEY, number INTEGER NOT NULL, id TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE counters (posters INTEGER NOT NULL, channels INTEGER NOT NULL, servers INTEGER NOT NULL) STRICT;
INSERT INTO counters VALUES (0, 0, 0);
"""
_ABOUT = "INSERT INTO about VALUES (?, ?, ?, 0, 0)"
_FIRST_EPOCH = 1


def create(connection: apsw.Connection, *, simulated: bool, secret_check: bytes) -> None:
    """Make the tables of a new journal, in one transaction."""
    with connection:
        connection.execute(_LOG_AND_NUMBERS + MESSAGES + REVISIONS + TEXTS + RECENT + ABOUT)
        state_about(connection, _FIRST_EPOCH, secret_check, PLACED_KEYS)
        connection.pragma("user_version", SCHEMA_VERSION)
        connection.pragma("application_id", SIMULATED_JOURNAL if simulated else REAL_JOURNAL)


def state_about(connection: apsw.Connection, epoch: int, secret_check: bytes, key_style: int) -> None:
    """Write the one row that says what the file is; origins and sequence numbers are equal so far."""
    connection.execute(_ABOUT, (epoch, secret_check, key_style))


def has_recent(connection: apsw.Connection) -> bool:
    """Tell whether a file is of a format that keeps recent commits apart."""
    return bool(connection.pragma("user_version") >= RECENT_SINCE)
