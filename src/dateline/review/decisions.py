"""What people decided, folded from the append-only log: the state of every event and value, undo and redo.

The log is the truth and this a view of it: another window or process may add rows at any time, and `refresh` takes them in.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
