"""What a file may do to this machine: sizes, zip bombs, files with holes. Refused before it is unpacked.

All limits stand here; docs/inputs.md repeats them for users.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from io import RawIOBase
from typing import Any, BinaryIO

from dateline.errors import InputError

MAX_MEMBERS = 20_000  # files in one archive
MAX_UNPACKED = 1_000_000_000  # bytes of all files in one archive together
MAX_RATIO = 200  # unpacked to packed; office documents and pages stay below 40
RATIO_FROM = 20_000_000  # bytes: small files may be packed as tightly as they like
MAX_DEPTH = 3  # an archive in a mail in an archive
MAX_PAGES = 2_000  # of one PDF
SPARSE_FROM = 100_000_000  # bytes: larger files are looked at for holes
HOLES = 100  # times smaller on the disk than it says


def refuse_holes(stream: BinaryIO) -> None:
    """Raise InputError for a large file that is nearly all holes: its zeros would be read for minutes and tell nothing."""
    try:
        told = os.fstat(stream.fileno())
    except (OSError, ValueError, AttributeError):
        return
    blocks = getattr(told, "st_blocks", None)  # not known on Windows
    if blocks is not None and told.st_size > SPARSE_FROM and blocks * 512 * HOLES < told.st_size:
        raise InputError(
            f"a sparse file: it says {told.st_size / 1e6:,.0f} MB and holds {blocks * 512 / 1e6:.1f} MB",
            remedy="copy the file again: it was not written to its end",
        )


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive, after a look at what its list of files says. Python's reader never gives more bytes than the list says.

    Raises InputError when it is damaged, encrypted, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError, IndexError) as error:
        raise InputError(
            f"a damaged zip archive or Office document ({type(error).__name__}: {str(error)[:80]})",
            remedy="save or download the file again",
        ) from None
    members = archive.infolist()
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MAX_MEMBERS:
        raise InputError(f"an archive of {len(members):,} files (at most {MAX_MEMBERS:,})", remedy="split the archive")
    refuse_growth(unpacked, packed)
    return archive


def refuse_growth(unpacked: int, packed: int) -> None:
    """Raise InputError when so much would come out of so little, or too much at all."""
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1):
        raise InputError(
            f"unpacks from {packed / 1e6:.1f} MB to more than {unpacked / 1e6:,.0f} MB: a zip bomb or a damaged file",
            remedy="unpack it yourself if you know what it holds, and give the reports",
        )
    if unpacked > MAX_UNPACKED:
        raise InputError(
            f"unpacks to {unpacked / 1e6:,.0f} MB (at most {MAX_UNPACKED // 1_000_000:,})",
            remedy="unpack it, and give the folder",
        )


def read_member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of one file of an archive. Raises InputError when it is missing, damaged, encrypted or larger than `most`."""
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise InputError("encrypted with a password", remedy="unpack it with the password, and give the files")
        if info.file_size > most:
            raise InputError(f"larger than {most / 1e6:g} MB", remedy="unpack the archive and split the file")
        refuse_growth(info.file_size, info.compress_size)
        return archive.read(info)
    except KeyError:
        raise InputError(f"the archive has no {name}", remedy="save or download the file again") from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(
            f"damaged inside the archive ({type(error).__name__}: {str(error)[:80]})", remedy="save or download the file again"
        ) from None


class Unpacked(RawIOBase):
    """A gzip stream (of several members, as WARC has them) that stops with InputError when it grows like a bomb."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._inflate = stream, zlib.decompressobj(31)
        self._packed = self._out = 0
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._inflate.eof:
                self._rest = self._inflate.unused_data.lstrip(b"\0") or self._more()
                if not self._rest:
                    return 0
                self._inflate = zlib.decompressobj(31)
            data = self._rest or self._inflate.unconsumed_tail or self._more()
            self._rest = b""
            if not data:
                raise InputError("a gzip file that is cut off", remedy="download it again")
            try:
                out = self._inflate.decompress(data, len(buffer))
            except zlib.error as error:
                raise InputError(f"damaged gzip data ({str(error)[:60]})", remedy="download it again") from None
            if out:
                self._out += len(out)
                if self._out > RATIO_FROM and self._out > MAX_RATIO * self._packed:
                    refuse_growth(self._out, self._packed)
                buffer[: len(out)] = out
                return len(out)

    def _more(self) -> bytes:
        data = self._stream.read(65536)
        self._packed += len(data)
        return data
