"""The tagger: a small neural model that reads a report once and says which words name events, and who belongs to them."""
