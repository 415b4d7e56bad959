-- Judgements with what they are about (anchors), so that they are found again after a new coding; remarks and redo.

ALTER TABLE judgements RENAME TO judgements_first;
DROP INDEX judgements_subject;
DROP TRIGGER judgements_keep;
DROP TRIGGER judgements_stay;

CREATE TABLE judgements (
    number INTEGER PRIMARY KEY,       -- the order in which they were made
    id TEXT NOT NULL UNIQUE,          -- content hash
    made TEXT NOT NULL,               -- UTC, ISO 8601
    user TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN
        ('same', 'different', 'unsure', 'accept', 'correct', 'reject', 'comment', 'question', 'undo', 'redo')),
    subject TEXT NOT NULL,            -- id of event, pair or incident; id of a judgement for 'undo' and 'redo'
    field TEXT NOT NULL DEFAULT '',   -- '': the event or incident itself
    value TEXT,                       -- JSON: the right value, for 'correct'
    item TEXT,                        -- JSON: the coded value that is meant, where a field has several
    reason TEXT NOT NULL DEFAULT '',
    anchors TEXT NOT NULL DEFAULT '[]',  -- JSON: the events as they were then
    others TEXT NOT NULL DEFAULT '[]'    -- JSON: the other side of 'same' and 'different'
);
INSERT INTO judgements (number, id, made, user, verdict, subject, field, value, reason)
SELECT id, 'j' || id, made, reviewer, verdict, CASE verdict WHEN 'undo' THEN 'j' || value ELSE subject END, field, value, note
FROM judgements_first;
DROP TABLE judgements_first;
CREATE INDEX judgements_subject ON judgements(subject);

CREATE TRIGGER judgements_keep BEFORE UPDATE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never changed: add a new one'); END;
CREATE TRIGGER judgements_stay BEFORE DELETE ON judgements
BEGIN SELECT RAISE(ABORT, 'judgements are never deleted: add a new one'); END;
