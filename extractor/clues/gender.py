"""Whether a person is a woman or a man, by the given name."""

import re

from schemas import Actor


def is_woman(actor: Actor) -> bool:
    """Whether a given name looks like a woman's."""
    return " " in actor.name and bool(_WOMAN.search(actor.name.split()[0].casefold()))


def is_man(actor: Actor) -> bool:
    """Whether a given name looks like a man's."""
    given = actor.name.split()[0].casefold() if " " in actor.name else ""
    return bool(_MAN.search(given)) and not _WOMAN.search(given)


_MAN = re.compile(
    r"(?:o|us|er|ard|ert|ald|olf|ich|ek|aq|im|ar|ed|ad|ud|sh|son|ton|han|uel|iel|ael|as|os|av|ev"
    r"|or|in|an|il|oy|ey|on|ul|ik|ir|ur|ai|ay|ii|ij)$"
)
"""How given names of men end; of those of women with such ends most are listed."""

_WOMAN = re.compile(
    r"(?:[aá]|ah|ine|elle|ette|isse|anne|lise|gard|borg|hild|trud|trude|beth)$"
    r"|^(?:ingrid|sigrid|astrid|ruth|margaret|karin|kirsten|ellen|carmen|isabel|beatriz|beatrice"
    r"|aylin|hatice|zeynep|meryem|miriam|mariam|maryam|yasmin|clarisse|marie|sophie|julie|lucie"
    r"|agnes|ines|mercedes|rachel|sarah|judith|edith|grace|alice|janet|meseret|michelle|nicole"
    r"|claire|louise|denise|mette|solveig|hilde|anneli|mari|heidi|kirsi|sari|lise|elise|jane"
    r"|mary|emily|nancy|amy|lucy|betty|dorothy|hillary|tracy|wendy|shirley|jennifer|heather)$"
)
"""How given names of women end, and others of theirs."""
