"""Bytes to reports: formats, repair with offsets, structure, publication day, language.

    read_paths   files, folders, "-"  → a stream of Report and Fault
    read_bytes   one file's bytes     → the same
    read_text    a string             → Report

Offsets of every record are of `Report.text`. For plain text and JSONL this is the given text but for `Report.repairs`;
`Report.original(start, end)` maps back over them. For HTML it is the text that was taken out of the page.
"""

from dateline.ingest.draft import ReadOptions
from dateline.ingest.paths import read_bytes, read_paths, read_text, read_text_with_faults

__all__ = ["ReadOptions", "read_bytes", "read_paths", "read_text", "read_text_with_faults"]
