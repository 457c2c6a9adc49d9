-- The store of Herz. People may read it; only Herz writes it.
-- Times are microseconds since 1970. `seal` is the SHA-256 of the JSON beside it.

CREATE TABLE runs (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL,
    namespace TEXT NOT NULL,
    owner     TEXT NOT NULL,
    started   INTEGER NOT NULL,
    ended     INTEGER,
    phase     TEXT NOT NULL,
    verdict   TEXT,
    abort     TEXT,
    plan      TEXT NOT NULL,
    seal      TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
    run     TEXT NOT NULL REFERENCES runs (id),
    step    INTEGER NOT NULL,
    backend TEXT NOT NULL,
    data    TEXT NOT NULL,
    seal    TEXT NOT NULL,
    written INTEGER NOT NULL,
    undone  INTEGER,
    PRIMARY KEY (run, step)
) STRICT;

CREATE TABLE events (
    run   TEXT NOT NULL REFERENCES runs (id),
    at    INTEGER NOT NULL,
    event TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_run ON events (run);

CREATE TABLE samples (
    run      TEXT NOT NULL REFERENCES runs (id),
    step     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    name     TEXT NOT NULL,
    unit     TEXT NOT NULL,
    asked    REAL NOT NULL,
    observed REAL NOT NULL
) STRICT;
CREATE INDEX samples_of_run ON samples (run);
