"""Articles made by a seeded generator, about 250 words each, in three languages, none alike."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

_PEOPLE = {
    "en": ["Anna Berg", "Jean Moreau", "Viktor Orlov", "Maria Petrova", "Ahmet Kaya"],
    "ru": ["Анна Берг", "Жан Моро", "Виктор Орлов", "Мария Петрова", "Ахмет Кая"],
    "bg": ["Анна Берг", "Жан Моро", "Виктор Орлов", "Мария Петрова", "Ахмет Кая"],
}
_SENTENCES = {
    "en": [
        "Foreign Minister {a} of Sweden met President {b} of France in town {n} on Friday.",
        "“We shall go on with the talks about grain in spring,” {a} said.",
        "The two sides signed nothing, and the road along the river stayed closed.",
        "{b} told reporters that the border station would open again within {n} weeks.",
        "Officials of both capitals had prepared the visit since the harvest.",
    ],
    "ru": [
        "Министр иностранных дел Швеции {a} встретилась с президентом Франции {b} в городе {n}.",
        "«Весной мы продолжим переговоры о зерне», — сказала {a}.",
        "Стороны ничего не подписали, дорога вдоль реки осталась закрытой.",
        "{b} сообщил журналистам, что пункт на границе откроется через {n} недель.",
        "Представители обеих столиц готовили визит с осени.",
    ],
    "bg": [
        "Министърът на външните работи на Швеция {a} се срещна с президента на Франция {b} в {n}.",
        "„През пролетта ще продължим преговорите за зърното“, каза {a}.",
        "Страните не подписаха нищо, а пътят край реката остана затворен.",
        "{b} съобщи пред журналисти, че пунктът на границата ще отвори след {n} седмици.",
        "Представители на двете столици подготвяха посещението от есента.",
    ],
}
_OPENING = {"en": "Dossier {n:06} of the archive.", "ru": "Dossier {n:06}, из архива.",
            "bg": "Dossier {n:06}, от архива."}  # fmt: skip

_SWEDE = {"name": "Anna Berg", "kind": "person", "role": "Foreign Minister", "country": "Sweden"}
_FRENCH = {"name": "Jean Moreau", "kind": "person", "role": "President", "country": "France"}

ANSWER = json.dumps(
    {
        "events": [
            {
                "type": "meeting",
                "participants": [_SWEDE, _FRENCH],
                "format": "in_person",
                "status": "held",
                "topics": ["grain"],
                "occasion": None,
                "date": None,
                "place": None,
                "evidence": [2],
            },
            {
                "type": "statement",
                "speaker": _SWEDE,
                "act": "inform",
                "direct": True,
                "content": "The talks about grain will go on in spring.",
                "addressee": None,
                "via": None,
                "date": None,
                "evidence": [3],
            },
        ]
    }
)
"""A model's answer about every document: a meeting and a statement, by sentence number."""

_MEETING = {
    "en": "Foreign Minister Anna Berg of Sweden met President Jean Moreau of France",
    "ru": "Министр иностранных дел Швеции Анна Берг встретилась с президентом Франции Жан Моро",
    "bg": "Министърът на външните работи на Швеция Анна Берг се срещна с президента на Франция"
    " Жан Моро",
}


def quoted_answer(language: str) -> str:
    """The same two events as LangExtract wants them: each with the words it was read from."""
    statement = _SENTENCES[language][1].format(a=_PEOPLE[language][0])
    meeting = {
        "participants": ["Anna Berg", "Jean Moreau"],
        "format": "in_person",
        "status": "held",
        "topics": ["grain"],
    }
    said = {
        "speaker": "Anna Berg",
        "act": "inform",
        "direct": "true",
        "content": "The talks about grain will go on in spring.",
    }
    events = [
        {"meeting": _MEETING[language], "meeting_attributes": meeting},
        {"statement": statement, "statement_attributes": said},
    ]
    return json.dumps({"extractions": events}, ensure_ascii=False)


def language_of(number: int) -> str:
    """The language of the article of that number."""
    return ("en", "ru", "bg")[number % 3]


def document(number: int, words: int = 250) -> str:
    """The article of that number."""
    language = language_of(number)
    chance = random.Random(number)  # noqa: S311  # no secret
    a, b = chance.sample(_PEOPLE[language][2:], 2)
    lines = [_OPENING[language].format(n=number)]
    names = _PEOPLE[language][:2]
    lines += [line.format(a=names[0], b=names[1], n=number) for line in _SENTENCES[language][:2]]
    while sum(len(line.split()) for line in lines) < words:
        line = chance.choice(_SENTENCES[language][1:])
        lines.append(line.format(a=a, b=b, n=chance.randrange(100)))
    return "\n".join(" ".join(lines[start : start + 4]) for start in range(0, len(lines), 4))


def id_of(number: int) -> str:
    """What the article of that number is called in a table."""
    return f"d{number:06}"


def write(path: Path, count: int, first: int = 0) -> None:
    """A table of documents, one JSON object a line.

    Args:
        path: where to.
        count: how many.
        first: the number of the first.
    """
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_lines(range(first, first + count)))


def _lines(numbers: range) -> Iterator[str]:
    for number in numbers:
        row = {"id": id_of(number), "text": document(number)}
        yield json.dumps(row, ensure_ascii=False) + "\n"
