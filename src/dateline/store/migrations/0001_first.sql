-- Project file, first schema. Plain tables and views, so that Datasette or any SQLite tool opens it as it is.
-- Offsets are Unicode code points, half-open: substr(reports.text, span_start + 1, span_end - span_start) = quote.

CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    started TEXT NOT NULL,            -- UTC, ISO 8601
    finished TEXT,                    -- NULL: under way, or killed
    code TEXT NOT NULL DEFAULT '',    -- version of dateline
    knowledge TEXT NOT NULL DEFAULT '',
    models TEXT NOT NULL DEFAULT '',
    settings TEXT NOT NULL DEFAULT '{}',
    reports INTEGER NOT NULL DEFAULT 0,
    faults INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE reports (
    id TEXT PRIMARY KEY,              -- content hash of text and metadata
    doc_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,             -- of the original bytes
    title TEXT,
    outlet TEXT,
    url TEXT,
    wire TEXT,
    published TEXT,                   -- ISO day; NULL: unknown
    published_basis TEXT NOT NULL,
    published_why TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'en',
    path TEXT,
    extractor TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    segments TEXT NOT NULL DEFAULT '[]',
    repairs TEXT NOT NULL DEFAULT '[]',
    published_evidence TEXT NOT NULL DEFAULT '[]',
    run_id TEXT NOT NULL REFERENCES runs(id)
);
CREATE INDEX reports_doc_id ON reports(doc_id);
CREATE INDEX reports_sha256 ON reports(sha256);

-- Every coding that was ever made; the tables below hold the current one of each report.
CREATE TABLE codings (
    id TEXT PRIMARY KEY,              -- content hash
    report_id TEXT NOT NULL REFERENCES reports(id),
    run_id TEXT NOT NULL REFERENCES runs(id),
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    record TEXT NOT NULL              -- JSON of all that was found, without the report
);
CREATE UNIQUE INDEX codings_current ON codings(report_id) WHERE current = 1;
CREATE INDEX codings_report ON codings(report_id);

CREATE TABLE events (
    id TEXT PRIMARY KEY,              -- content hash of report, sub-type and trigger words: survives a new run
    report_id TEXT NOT NULL REFERENCES reports(id),
    coding_id TEXT NOT NULL REFERENCES codings(id),
    name TEXT NOT NULL,               -- e1, e2 ... within the report
    type TEXT NOT NULL,
    sub_type TEXT NOT NULL,
    status TEXT NOT NULL,
    foreground INTEGER NOT NULL,
    earliest TEXT,
    latest TEXT,
    date_precision TEXT,
    date_inferred INTEGER,
    place TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    place_precision TEXT,
    radius_km REAL,
    geonameid INTEGER,
    actors TEXT NOT NULL DEFAULT '',
    targets TEXT NOT NULL DEFAULT '',
    weapons TEXT NOT NULL DEFAULT '',
    killed_low INTEGER,               -- NULL: open or not told
    killed_high INTEGER,
    injured_low INTEGER,
    injured_high INTEGER,
    figures TEXT NOT NULL DEFAULT '',
    sources TEXT NOT NULL DEFAULT '',
    trigger_words TEXT NOT NULL DEFAULT '',
    record TEXT NOT NULL              -- JSON of the event
);
CREATE INDEX events_report ON events(report_id);
CREATE INDEX events_coding ON events(coding_id);
CREATE INDEX events_days ON events(earliest, latest);
CREATE INDEX events_country ON events(country);

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id),
    event_id TEXT REFERENCES events(id),
    property TEXT NOT NULL,
    value TEXT,                       -- JSON; NULL: silence
    original TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL,
    stance TEXT NOT NULL,
    certainty TEXT,
    made_by TEXT NOT NULL DEFAULT '',
    score REAL
);
CREATE INDEX statements_report ON statements(report_id);
CREATE INDEX statements_event ON statements(event_id);

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports(id),
    event_id TEXT REFERENCES events(id),
    statement_id TEXT REFERENCES statements(id),
    field TEXT NOT NULL,              -- trigger, when, where, actor, target, weapon, figure, source, statement, alias, flag, background
    item INTEGER NOT NULL,            -- which of several
    span_start INTEGER NOT NULL CHECK (span_start >= 0),
    span_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    CHECK (span_end > span_start)
);
CREATE INDEX evidence_report ON evidence(report_id);
CREATE INDEX evidence_event ON evidence(event_id);
CREATE INDEX evidence_statement ON evidence(statement_id);

CREATE TABLE faults (
    id TEXT PRIMARY KEY,              -- content hash
    run_id TEXT NOT NULL REFERENCES runs(id),
    location TEXT NOT NULL,           -- file, file:line or doc_id
    what TEXT NOT NULL,
    remedy TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL,
    level TEXT NOT NULL
);

-- What people decided. Rows are added, never changed; keyed by content hash, so that they survive a new run.
CREATE TABLE judgements (
    id INTEGER PRIMARY KEY,
    made TEXT NOT NULL,               -- UTC, ISO 8601
    reviewer TEXT NOT NULL,
    subject TEXT NOT NULL,            -- content hash of event, statement or pair
    field TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure', 'accept', 'correct', 'reject', 'undo')),
    value TEXT,                       -- JSON, for 'correct'; the id of the judgement taken back, for 'undo'
    note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX judgements_subject ON judgements(subject);

CREATE TRIGGER judgements_keep BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never changed: add a new one'); END;
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never deleted: add a new one'); END;

CREATE TRIGGER reports_keep BEFORE UPDATE OF id, text, sha256 ON reports
BEGIN SELECT RAISE(ABORT, 'the text of a report never changes'); END;

CREATE TRIGGER evidence_words BEFORE INSERT ON evidence
WHEN NEW.quote IS NOT (SELECT substr(text, NEW.span_start + 1, NEW.span_end - NEW.span_start) FROM reports WHERE id = NEW.report_id)
BEGIN SELECT RAISE(ABORT, 'evidence does not reproduce the words of its report'); END;
CREATE TRIGGER evidence_keep BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;

CREATE VIEW events_readable AS
SELECT r.published, r.outlet, r.doc_id, e.name AS event, e.type, e.sub_type, e.status,
       CASE e.foreground WHEN 1 THEN 'news' ELSE 'background' END AS standing,
       CASE WHEN e.earliest = e.latest THEN e.earliest ELSE coalesce(e.earliest, '…') || ' to ' || coalesce(e.latest, '…') END AS days,
       e.place, e.country, e.latitude, e.longitude, e.place_precision, e.radius_km,
       e.actors, e.targets, e.weapons, e.figures, e.sources, e.trigger_words AS words, e.id
FROM events e JOIN reports r ON r.id = e.report_id;

CREATE VIEW claims AS
SELECT r.doc_id, e.name AS event, e.sub_type, s.property, s.source, s.stance, s.value, s.original AS words, s.certainty,
       r.outlet, r.published, s.event_id, s.id
FROM statements s JOIN reports r ON r.id = s.report_id LEFT JOIN events e ON e.id = s.event_id;
