"""The gazetteer on disk: columns of numbers and text, shipped compressed, unpacked once, then read through mmap.

Shipped: `models/gazetteer.bin.xz` (every column turned into a form that compresses well). Unpacked: one flat file in the
user's cache folder, named after the shipped file's hash, so that a new release never reads an old file.

    header: b"DLGZ", u32 length of JSON, JSON {column: [typecode, offset, bytes]}, then the columns, 8-byte aligned
"""

from __future__ import annotations

import hashlib
import json
import lzma
import mmap
import os
import sys
import tempfile
from array import array
from collections.abc import Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from dateline.errors import ModelError

MAGIC = b"DLGZ"
SHIPPED = Path(__file__).parent.parent / "models" / "gazetteer.bin.xz"
Columns = Mapping[str, "array[Any] | bytes"]


def write_packed(columns: Columns, deltas: frozenset[str], meta: dict[str, Any], path: Path) -> None:
    """Write columns compressed. Columns named in `deltas` rise along the file and are stored as differences.

    Numbers are stored as byte planes (all lowest bytes first, ...), which halves their compressed size.
    """
    parts, index = [], {}
    for name, column in columns.items():
        if isinstance(column, bytes):
            index[name] = ["b", len(column), False]
            parts.append(column)
            continue
        data = array(column.typecode, differences(column)) if name in deltas else column
        index[name] = [data.typecode, len(data), name in deltas]
        parts.append(planes(data))
    head = json.dumps({"meta": meta, "columns": index}).encode()
    raw = MAGIC + len(head).to_bytes(4, "little") + head + b"".join(parts)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 26, "lc": 3, "pb": 0}]
    path.write_bytes(lzma.compress(raw, format=lzma.FORMAT_XZ, filters=filters))


def differences(column: array[Any]) -> list[int]:
    return [column[0], *(b - a for a, b in pairwise(column))] if len(column) else []


def planes(data: array[Any]) -> bytes:
    raw, size = data.tobytes(), data.itemsize
    return b"".join(raw[byte::size] for byte in range(size))


def unpack(packed: bytes) -> bytes:
    """The flat file from the shipped bytes. Raises ModelError when they are damaged."""
    try:
        raw = lzma.decompress(packed)
    except lzma.LZMAError as error:
        raise ModelError("the gazetteer file is damaged", where=str(SHIPPED), remedy="install dateline again") from error
    length = int.from_bytes(raw[4:8], "little")
    head = json.loads(raw[8 : 8 + length])
    at, out, index = 8 + length, [], {}
    offset = 0
    for name, (code, count, delta) in head["columns"].items():
        size = 1 if code == "b" else array(code).itemsize
        piece = raw[at : at + count * size]
        at += count * size
        if code != "b":
            woven = bytearray(len(piece))
            for byte in range(size):
                woven[byte::size] = piece[byte * count : (byte + 1) * count]
            piece = array(code, accumulate(array(code, bytes(woven)))).tobytes() if delta else bytes(woven)
        index[name] = [code, offset, len(piece)]
        padding = -len(piece) % 8
        out += [piece, b"\0" * padding]
        offset += len(piece) + padding
    flat_head = json.dumps({"meta": head["meta"], "columns": index}).encode()
    flat_head += b" " * (-(len(flat_head) + 8) % 8)
    return b"".join([MAGIC, len(flat_head).to_bytes(4, "little"), flat_head, *out])


def cache_dir() -> Path:
    """The user's cache folder for unpacked files: DATELINE_CACHE, else the system's custom."""
    if told := os.environ.get("DATELINE_CACHE"):
        return Path(told)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dateline"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "dateline"
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "dateline"


def unpacked_path(shipped: Path = SHIPPED) -> Path:
    """Path of the unpacked file, made when absent. Falls back to a private temporary folder where no cache can be written."""
    if not shipped.exists():
        raise ModelError("the gazetteer file is missing", where=str(shipped), remedy="install dateline again")
    stat = shipped.stat()
    name = f"gazetteer-{stat.st_size}-{quick_hash(shipped)}.bin"
    for folder in (cache_dir(), Path(tempfile.gettempdir()) / f"dateline-{os.getuid() if hasattr(os, 'getuid') else 'user'}"):
        target = folder / name
        if target.exists():
            return target
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_once(target, shipped)
            return target
        except OSError:
            continue
    raise ModelError(
        "no folder to unpack the gazetteer into", where=str(cache_dir()), remedy="set DATELINE_CACHE to a writable folder"
    )


def write_once(target: Path, shipped: Path) -> None:
    """Write beside the target and rename, so that two processes starting together both see a whole file."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(unpack(shipped.read_bytes()))
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def quick_hash(path: Path) -> str:
    """Hash of the last 64 kB: xz ends with checks and an index of all the rest."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65536))
        return hashlib.sha256(file.read()).hexdigest()[:16]


class Table:
    """The flat file, mapped: `table.numbers(name)` is a memoryview of numbers, `table.text(name)` of bytes."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self.map[:4] != MAGIC:
            raise ModelError("not a gazetteer file", where=str(path), remedy="delete it; it is made again")
        length = int.from_bytes(self.map[4:8], "little")
        head = json.loads(self.map[8 : 8 + length])
        self.meta: dict[str, Any] = head["meta"]
        self.columns: dict[str, list[Any]] = head["columns"]
        self.view = memoryview(self.map)[8 + length :]

    def text(self, name: str) -> memoryview:
        _, offset, size = self.columns[name]
        return self.view[offset : offset + size]

    def numbers(self, name: str) -> memoryview:
        return self.text(name).cast(self.columns[name][0])
