-- Which codings merging has looked at: found by the coding, so that a merge reads only what is new.
CREATE INDEX merge_features_seen ON merge_features(seen);
