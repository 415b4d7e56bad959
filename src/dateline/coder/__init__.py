"""Spans → events: triggers, roles, types, grouping (the page to start on is events.py)."""
