"""Bytes to text: which encoding, told by name, or a clear refusal."""

import codecs
import re

from extractor.errors import DocumentError

SAMPLE = 1 << 16
"""Bytes that the encoding of a table is told from; a single document is looked at as a whole."""

_LIKELY = ["cp1251", "koi8_r", "cp1252"]
"""What articles in our languages come in beside Unicode. Among these, charset-normalizer tells each
of the gold's articles right, its first 80 bytes alone included; among all it knows, one in ten of
the short ones is taken for a Japanese or a Macintosh encoding (2026-11-24)."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?((?:windows|iso|koi8|gb|big5|euc|shift)[\w-]{0,20})",
    re.IGNORECASE,
)
"""How a page says its encoding. Python has others, say `unicode_escape`, that none may choose."""

_MEANT = {"iso8859-1": "cp1252"}
"""What is declared and what is meant, as browsers take it: the quotation marks of CP1252 would be
control characters, its ellipsis a line break."""

_NOT_ASCII = re.compile("[^\x00-\x7f]")
_BAD = re.compile("[\udc80-\udcff]")
_FOREIGN = re.compile("[\u0700-\u1dff\u2300-\U0010ffff]")
"""What bytes of something else look like when they are read in pairs: Chinese, for the most."""


def decode(data: bytes, name: str, *, is_page: bool = False) -> tuple[str, str]:
    """The text that `data` is, without a byte order mark, and the encoding's name.

    Args:
        data: a whole document.
        name: of the file, for messages.
        is_page: it is HTML, which may say its encoding itself.

    Raises:
        DocumentError: it is no text in any encoding that is known here.
    """
    encoding = encoding_of(data, name, is_page=is_page)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name!r} is not {encoding} from byte {error.start} on: it is damaged, or cut off"
        ) from error
    if "\0" in text:
        raise DocumentError(f"{name!r} is binary, not text")
    return text, encoding.removesuffix("-sig")


def encoding_of(data: bytes, name: str, *, is_page: bool = False) -> str:
    """The encoding of `data`, by its Python name.

    Args:
        data: a document, or the beginning of one; a character cut in two at its end is no fault.
        name: of the file, for messages.
        is_page: it is HTML.

    Raises:
        DocumentError: it is no text in any encoding that is known here.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        return _without_mark(data, name)
    for likely in ("utf-8", _declared(data) if is_page else None):
        if likely and _decodes(data, likely):
            return likely
    if _is_damaged(data):
        return "utf-8"
    from charset_normalizer import from_bytes  # only for texts that are not UTF-8

    best = from_bytes(data, cp_isolation=_LIKELY).best()
    if best is None:
        raise DocumentError(
            f"{name!r} is text in no encoding known here (UTF-8, UTF-16, CP1251, KOI8-R, CP1252): "
            "convert it first, say with `iconv -t UTF-8`"
        )
    return codecs.lookup(best.encoding).name


def _declared(data: bytes) -> str | None:
    """The encoding that a page says it has, if it is one that Python has too."""
    declared = _DECLARED.search(data[:4096])
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else None
    except LookupError:
        return None
    return name and _MEANT.get(name, name)


def _is_damaged(data: bytes) -> bool:
    """Whether it was UTF-8: of what is not ASCII more is letters in UTF-8 than is not.

    Text in another encoding is next to never right UTF-8, but UTF-8 is nearly always right CP1251.
    """
    text = data.decode("utf-8", errors="surrogateescape")
    return len(_NOT_ASCII.findall(text)) > 2 * len(_BAD.findall(text))


def _without_mark(data: bytes, name: str) -> str:
    """UTF-16 without a byte order mark: what is ASCII has a zero in every second byte."""
    encoding = "utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le"
    text = data.decode(encoding, errors="replace")
    ours = sum(one.isascii() and one.isprintable() for one in text)
    if ours > 10 * len(_FOREIGN.findall(text)) and _decodes(data, encoding):
        return encoding
    raise DocumentError(f"{name!r} is binary, not text")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True
