"""The bytes of a text file: which encoding they are in, whether they are whole, and the same text in UTF-8."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from pipelines.reading.unreadable import Unreadable

BLOCK = 1 << 20
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# what Swedish text in cp1252 has above ASCII; anything else is damage, or another encoding
LETTERS = "åäöÅÄÖéÉèÈüÜæÆøØáÁàÀóÓíÍúÚçÇñÑëËïÏôÔêÊâÂîÎšŠžŽß–—’‘”“„…€§°´·\u00a0½¼²³%"
CP1252 = frozenset(LETTERS.encode("cp1252")) | frozenset(range(0x20, 0x7F)) | {0x09, 0x0A, 0x0D}
# å, ä, ö, Å, Ä, Ö, é as UTF-8; read as cp1252 they are two characters each
UTF8_LETTER = re.compile(rb"\xc3[\xa5\xa4\xb6\x85\x84\x96\xa9]")
TWICE = tuple(letter.encode().decode("cp1252").encode() for letter in "åäöÄÖÅé")
LOST = "\ufffd".encode()
WHITE = " \t\r\n\u00a0\u200b\ufeff"  # round a cell
BORDERS = bytes.maketrans(b',\t"\n\r', b";;;;;")
WIDE_WHITE = tuple(mark.encode() for mark in "\u00a0\u200b\ufeff")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A file of whole text in UTF-8. `tidy`: no cell has white space round it that is no tab; `tabs`:
    there are tabs; `ended`: the last line has its end."""

    path: Path
    encoding: str
    tidy: bool
    tabs: bool
    ended: bool


def as_utf8(path: Path, folder: Path) -> Text:
    """The file itself where it is UTF-8, else the same text in a new file in the folder. Raises Unreadable."""
    encoding = encoding_of(path)
    if encoding in ("utf-16", "utf-16-le", "utf-16-be", "cp1252"):
        path = _transcoded(path, folder / "utf8.csv", encoding)
    tidy, tabs, last = True, False, b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                if encoding == "utf-8-sig":  # known by its mark alone so far
                    decoder.decode(block)
            except UnicodeDecodeError:
                raise Unreadable("texten är inte hel UTF-8; filen är skadad eller avkortad") from None
            _refuse_damage(block)
            # a few bytes of the block before: what is looked for may lie across
            tidy = tidy and _is_tidy(last[-4:] + block)
            tabs = tabs or b"\t" in block
            last = block
    return Text(path=path, encoding=encoding, tidy=tidy, tabs=tabs, ended=last.endswith((b"\n", b"\r")))


def encoding_of(path: Path) -> str:
    """By its mark, by its NULs, by being UTF-8 in every byte, else cp1252 if every byte is one that Swedish text has.
    Raises Unreadable for none of them, and for a mixture."""
    with path.open("rb") as file:
        first = file.read(BLOCK)
    if not first:
        raise Unreadable("filen är tom")
    for mark, name in BOMS:
        if first.startswith(mark):
            return name
    if first.count(0) > len(first) // 4:
        return "utf-16-le" if first[1:2] == b"\0" else "utf-16-be"
    return "utf-8" if _is_utf8(path) else _cp1252(path)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                begun, _ = decoder.getstate()  # of a letter that the block before ended in
                if begun or not block.isascii():
                    decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _cp1252(path: Path) -> str:
    allowed = bytes(CP1252)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if UTF8_LETTER.search(block):
                raise Unreadable("texten blandar teckenkodningar, eller så är den skadad")
            if block.translate(None, allowed):
                raise Unreadable("texten är varken UTF-8, UTF-16 eller cp1252, eller så är den skadad")
    return "cp1252"


def _transcoded(path: Path, out: Path, encoding: str) -> Path:
    try:
        with path.open(encoding=encoding, newline="") as source, out.open("w", encoding="utf-8", newline="") as target:
            while block := source.read(BLOCK):
                target.write(block)
    except UnicodeError:
        raise Unreadable(f"texten är inte hel {encoding.upper()}; filen kan vara avkortad") from None
    return out


def _refuse_damage(block: bytes) -> None:
    if b"\0" in block:  # the rest is made of bytes above ASCII
        raise Unreadable("texten har NUL-tecken; filen är skadad")
    if block.isascii():
        return
    if LOST in block:
        raise Unreadable("bokstäver har gått förlorade (�) innan filen skickades; exportera den igen")
    if any(pair in block for pair in TWICE):
        raise Unreadable("å, ä och ö har kodats två gånger (Ã¥ i stället för å); exportera filen igen som UTF-8")


def _is_tidy(block: bytes) -> bool:
    """May say that a tidy block is not, never the other way. Tabs are for the reader to judge, who knows the delimiter."""
    if not block.isascii() and any(mark in block for mark in WIDE_WHITE):
        return False
    if b" " not in block:
        return True
    alike = block.translate(BORDERS)
    return b"; " not in alike and b" ;" not in alike
