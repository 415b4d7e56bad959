-- Incidents, and what merging keeps so that adding reports changes only what they touch. All of it can be made again.

CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    type TEXT NOT NULL DEFAULT '',
    sub_type TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',
    foreground INTEGER NOT NULL DEFAULT 1,  -- news of at least one report
    earliest TEXT,                    -- recommended readings
    latest TEXT,
    date_precision TEXT,
    place TEXT,
    country TEXT,
    latitude REAL,
    longitude REAL,
    place_precision TEXT,
    radius_km REAL,
    actors TEXT NOT NULL DEFAULT '',
    targets TEXT NOT NULL DEFAULT '',
    killed_low INTEGER,               -- over all readings; NULL: open or not told
    killed_best INTEGER,
    killed_high INTEGER,
    injured_low INTEGER,
    injured_best INTEGER,
    injured_high INTEGER,
    tellings INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    origins INTEGER NOT NULL,         -- independent ones
    conflicts INTEGER NOT NULL DEFAULT 0,  -- fields in conflict
    denials INTEGER NOT NULL DEFAULT 0,    -- fields that somebody denies
    first_report TEXT,                -- day of the earliest and the latest report
    last_report TEXT,
    score REAL,                       -- probability of the weakest link; NULL: one telling
    flags TEXT NOT NULL DEFAULT '',
    record TEXT NOT NULL              -- JSON of the incident
);
CREATE INDEX incidents_days ON incidents(earliest, latest);
CREATE INDEX incidents_country ON incidents(country);

CREATE TABLE incident_events (
    event_id TEXT PRIMARY KEY,
    incident_id TEXT NOT NULL REFERENCES incidents(id) ON DELETE CASCADE
);
CREATE INDEX incident_events_incident ON incident_events(incident_id);

CREATE TABLE merge_features (
    event_id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL,
    first INTEGER NOT NULL,           -- days since 0001-01-01; 0: not told
    last INTEGER NOT NULL,
    long INTEGER NOT NULL,            -- a range of more than ten days
    seen TEXT NOT NULL,               -- id of the coding: the events of another one are compared anew
    features BLOB NOT NULL
);
CREATE INDEX merge_features_days ON merge_features(long, first);

CREATE TABLE merge_scores (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    score REAL NOT NULL,              -- log-odds that the two events are one incident
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX merge_scores_b ON merge_scores(b);

CREATE TABLE report_copies (
    report_id TEXT PRIMARY KEY,
    published TEXT NOT NULL DEFAULT '',
    family TEXT NOT NULL,             -- report id of the earliest copy
    sketch BLOB NOT NULL
);
CREATE INDEX report_copies_published ON report_copies(published);

CREATE TABLE merge_state (
    name TEXT PRIMARY KEY,            -- policy, weights, judgement (the last one seen)
    value TEXT NOT NULL
);
