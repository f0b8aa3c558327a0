"""Spanish texts of a help desk: sentences of the demo data with words between them, common and rare."""

from __future__ import annotations

import json
import random
import re
from itertools import accumulate
from pathlib import Path

from deploy.local import demo

WORDS = 20_000
_POOL = 8_000
_SYLLABLES = [
    "ca",
    "lo",
    "me",
    "ta",
    "ri",
    "so",
    "pe",
    "lu",
    "na",
    "do",
    "mi",
    "ra",
    "ve",
    "co",
    "ti",
    "sa",
    "fe",
    "bo",
    "ga",
    "pa",
    "zu",
    "cho",
    "lle",
    "ñe",
    "gui",
]


class Texts:
    """Draws questions, answers and comments from pools.

    The commonest words are in one text of thirty, the rarest in one of ten thousand.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.words = _vocabulary(chance)
        self._weights = list(accumulate(1 / (rank + 50) for rank in range(WORDS)))
        questions = json.loads(Path(demo.__file__).with_name("questions.json").read_text(encoding="utf-8"))
        asked = [text["text"] for text in questions]
        sentences = [part for text in questions for part in re.split(r"(?<=[.!?]) ", text["answer"])]
        self._questions = [self._with_words([chance.choice(asked)], 4) for _ in range(_POOL)]
        self._answers = [self._with_words(chance.sample(sentences, 3), 6) for _ in range(_POOL)]
        self._comments = [self._with_words(chance.sample(sentences, 2), 8) for _ in range(_POOL)]

    def question(self) -> str:
        """What a buyer asks, some 20 words."""
        return self._chance.choice(self._questions)

    def answer(self) -> str:
        """What is answered, some 40 words."""
        return self._chance.choice(self._answers)

    def comment(self) -> str:
        """What a store says of an answer, some 30 words."""
        return self._chance.choice(self._comments)

    def _with_words(self, sentences: list[str], count: int) -> str:
        drawn = self._chance.choices(self.words, cum_weights=self._weights, k=count)
        return " ".join([*sentences, *drawn])


def _vocabulary(chance: random.Random) -> list[str]:
    """Made-up words of three to five syllables, none twice; the first are drawn most."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))] = None
    return list(words)
