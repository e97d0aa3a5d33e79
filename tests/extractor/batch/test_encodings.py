"""Bytes become the text that was encoded, letter for letter, or are refused."""

import codecs

import pytest

from extractor.batch.encodings import SAMPLE, decode, encoding_of
from extractor.errors import DocumentError

RUSSIAN = "Министр иностранных дел Анна Берг встретилась с Жаном Моро в Риме. «Да», — сказал он.\n"
BULGARIAN = "Министърът на външните работи Анна Берг се срещна с Жан Моро в Рим. „Да“, каза той.\n"
ENGLISH = (
    "Anna Berg’s talks with José Silva went well. They agreed to meet again in spring – “soon”.\n"
)
RARE = "One\u00a0two\u202fthree\r\nso\u00adft e\u0301 Ёлка\rи\u0306\u2028\U0001f41f \t end\n\n"
"""Blanks, marks and line ends that programs like to put right."""


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(RUSSIAN, "utf-8", id="russian-utf-8"),
        pytest.param(BULGARIAN, "utf-8", id="bulgarian-utf-8"),
        pytest.param(ENGLISH, "utf-8", id="english-utf-8"),
        pytest.param("Anna Berg met Jean Moreau.", "utf-8", id="ascii"),
        pytest.param(RARE, "utf-8", id="rare-utf-8"),
        pytest.param("", "utf-8", id="empty"),
        pytest.param(RUSSIAN, "utf-16-le", id="russian-utf-16-le"),
        pytest.param(RUSSIAN, "utf-16-be", id="russian-utf-16-be"),
        pytest.param(ENGLISH, "utf-16-le", id="english-utf-16-le"),
        pytest.param(ENGLISH, "utf-16-be", id="english-utf-16-be"),
        pytest.param(RUSSIAN + RARE, "utf-16-le", id="rare-utf-16-le"),
        pytest.param(RUSSIAN + RARE, "utf-16-be", id="rare-utf-16-be"),
        pytest.param(RUSSIAN, "cp1251", id="russian-cp1251"),
        pytest.param(BULGARIAN, "cp1251", id="bulgarian-cp1251"),
        pytest.param(RUSSIAN.replace("\n", "\r\n") + " \u00a0\u00ad", "cp1251", id="rare-cp1251"),
        pytest.param(RUSSIAN.translate(dict.fromkeys(map(ord, "«»—"))), "koi8-r", id="koi8-r"),
        pytest.param(ENGLISH, "cp1252", id="english-cp1252"),
    ],
)
def test_text_is_what_was_encoded_and_the_encoding_is_named(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding", "named"),
    [
        pytest.param(codecs.BOM_UTF8, "utf-8", "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", "utf-16", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", "utf-16", id="utf-16-be"),
    ],
)
@pytest.mark.parametrize("text", [RUSSIAN, ENGLISH, RARE, ""], ids=["ru", "en", "rare", "empty"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(
    text: str, mark: bytes, encoding: str, named: str
) -> None:
    assert decode(mark + text.encode(encoding), "a.txt") == (text, named)


def test_a_mark_that_is_not_the_first_character_stays() -> None:
    assert decode("\ufeffOne\ufefftwo".encode(), "a.txt")[0] == "One\ufefftwo"


@pytest.mark.parametrize("length", [80, 400, 4000])
def test_few_letters_outside_ascii_are_enough(length: int) -> None:
    """The one letter of a long English text decides what it is decoded from."""
    text = ("Anna Berg met José Silva. " + "They spoke of trade and of the sea. " * 200)[:length]
    assert decode(text.encode("cp1252"), "a.txt") == (text, "cp1252")


@pytest.mark.parametrize("text", [RUSSIAN, BULGARIAN], ids=["ru", "bg"])
@pytest.mark.parametrize("times", [1, 100])
def test_utf_8_cut_off_inside_a_letter_is_told_with_the_place(text: str, times: int) -> None:
    whole = (text * times).encode()
    data = whole[: whole.rindex("а".encode()) + 1]
    with pytest.raises(DocumentError, match=rf"a\.txt' is not utf-8 from byte {len(data) - 1} on"):
        decode(data, "a.txt")


@pytest.mark.parametrize("text", [RUSSIAN, BULGARIAN, ENGLISH], ids=["ru", "bg", "en"])
@pytest.mark.parametrize("times", [1, 5, 100])
@pytest.mark.parametrize("byte", [b"\xff", b"\x80", b""], ids=["ff", "80", "lost"])
def test_damaged_utf_8_is_refused_and_not_taken_for_another_encoding(
    text: str, times: int, byte: bytes
) -> None:
    """Nearly all bytes are letters of CP1251: the text would come out as «Рњ РёРЅ»."""
    data = (text * times).encode()
    place = next(place for place, one in enumerate(data) if one > 0x7F)
    with pytest.raises(DocumentError, match=rf"is not utf-8 from byte {place} on.*damaged"):
        decode(data[:place] + byte + data[place + 1 :], "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le")[:-1], id="le"),
        pytest.param(codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be")[:-1], id="be"),
        pytest.param(RUSSIAN.encode("utf-16-le")[:-1], id="le-without-mark"),
        pytest.param(codecs.BOM_UTF16_LE + "\U0001f41f".encode("utf-16-le")[:-2], id="half-pair"),
    ],
)
def test_utf_16_that_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"is not utf-16.* on: it is damaged, or cut off"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="png"),
        pytest.param(b"PK\x03\x04\x14\0\0\0\x08\0\xfd?\x9a\x11", id="zip"),
        pytest.param(b"Anna\0came", id="nul"),
        pytest.param(b"Anna\0camel", id="nul-even"),
        pytest.param(b"\0" * 100, id="zeros"),
        pytest.param(b"\0\xff", id="one-pair"),
        pytest.param(bytes(range(256)) * 4, id="all-bytes"),
        pytest.param(b"\xff\xfe\0\0A\0\0\0n\0\0\0", id="utf-32"),
    ],
)
def test_what_is_binary_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt' is binary, not text"):
        decode(data, "a.txt")


def test_text_in_no_known_encoding_is_refused_with_the_remedy() -> None:
    with pytest.raises(DocumentError, match=r"a\.txt' is text in no encoding known.*iconv"):
        decode("安娜在羅馬會見了讓。".encode("big5") * 20, "a.txt")


def page(declaration: str, text: str) -> str:
    return f"<html><head>{declaration}</head><body><p>{text}</p></body></html>"


HTTP_EQUIV = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="{}">',
        "<meta charset={}>",
        '<META CHARSET="{}"/>',
        HTTP_EQUIV,
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_a_page_is_decoded_as_it_declares(declaration: str) -> None:
    """Five letters alone would not tell it."""
    html = page(declaration.format("windows-1251"), "Анна")
    assert decode(html.encode("cp1251"), "a.html", is_page=True) == (html, "cp1251")


@pytest.mark.parametrize(
    ("declared", "text", "named"),
    [
        ("koi8-r", "Анна", "koi8-r"),
        ("iso-8859-5", "Анна", "iso8859-5"),
        ("gb2312", "安娜", "gb2312"),
        ("big5", "安娜", "big5"),
        ("shift_jis", "アンナ", "shift_jis"),
        ("euc-kr", "안나", "euc_kr"),
    ],
)
def test_a_page_may_declare_what_is_never_guessed(declared: str, text: str, named: str) -> None:
    html = page(HTTP_EQUIV.format(declared), text)
    assert decode(html.encode(declared), "a.html", is_page=True) == (html, named)


def test_a_page_that_declares_latin_1_means_cp1252() -> None:
    """As in browsers: else its ellipsis would be a line break, U+0085."""
    html = page(HTTP_EQUIV.format("iso-8859-1"), "“José…”")
    assert decode(html.encode("cp1252"), "a.html", is_page=True) == (html, "cp1252")


def test_utf_8_goes_before_what_a_page_declares() -> None:
    html = page(HTTP_EQUIV.format("windows-1251"), RUSSIAN)
    assert decode(html.encode(), "a.html", is_page=True) == (html, "utf-8")


@pytest.mark.parametrize(
    "declared",
    ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "hex", "windows-9999", "iso-none"],
)
def test_a_page_that_declares_what_no_page_is_in_is_told_by_its_letters(declared: str) -> None:
    html = page(HTTP_EQUIV.format(declared), RUSSIAN * 3 + r"\u0041 +AEE-")
    assert decode(html.encode("cp1251"), "a.html", is_page=True) == (html, "cp1251")


def test_a_page_that_declares_wrongly_is_told_by_its_letters() -> None:
    html = page(HTTP_EQUIV.format("shift_jis"), RUSSIAN * 3)
    assert decode(html.encode("cp1251"), "a.html", is_page=True) == (html, "cp1251")


def test_a_text_that_is_no_page_declares_nothing() -> None:
    text = "<meta charset=koi8-r>" + RUSSIAN * 3
    assert decode(text.encode("cp1251"), "a.txt") == (text, "cp1251")


@pytest.mark.parametrize("over", range(4))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_beginning_cut_off_anywhere_tells_the_encoding(encoding: str, over: int) -> None:
    data = (RUSSIAN + "\U0001f41f") * 1000
    assert encoding_of(data.encode(encoding)[: SAMPLE - over], "a.jsonl") == encoding
