"""How much of one plan's words stands in another, whatever names and figures were exchanged.

Resemblance is the Jaccard index of two sets of shingles, containment the part of one that stands in the other; both are
estimated from a fixed part of all hashes (Broder, "On the resemblance and containment of documents", Compression and
Complexity of Sequences 1997, the sketch "modulo m"). A copy from which half was left out, or to which something was
added, is contained more than it resembles. Which pairs to compare is read from an index of the sketches, so the work
grows with the number of plans and not with that of pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

WIDTH: Final = 5  # characters of a shingle; Broder's advice for short documents
LEAST: Final = 50  # shingles; two or three sentences may be the same by chance
SKETCH: Final = np.uint64(2**62)  # hashes below it, one of four, are indexed
COMPARED: Final = 4  # plans that share most of a plan's sketch and are compared with it
COMMON: Final = 8  # plans; words that more of them share are nobody's
NAME: Final = "@"
FIGURE: Final = "#"
Hashes = NDArray[np.uint64]

_FIGURES: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万]+")
_KINDS: Final = (
    "派出所|公安分局|分局|支队|大队|中队|街道|社区|小区|村|镇|路|街|区|市|县|广场|医院|学校|车站|码头|口岸|看守所"
)
_PLACE: Final = re.compile(rf"[\u4e00-\u9fff]{{2,3}}({_KINDS})")
_ENGLISH: Final = re.compile(r"\b(?:[A-Z][a-z]+(?: No\. [0-9]+)?[ -]?){1,4}(?=[A-Z])")
_BLANKS: Final = re.compile(r"[\W_]+")
_POWERS: Final[Hashes] = np.array([pow(1_000_003, place, 2**64) for place in range(WIDTH)], dtype=np.uint64)
_APART: Final = "\x00"  # stands between two clauses; no shingle reaches over it


@dataclass(frozen=True, slots=True)
class Words:
    """What a plan says itself, made comparable: its shingles, sorted and each once."""

    shingles: Hashes

    @property
    def sketch(self) -> list[int]:
        """The shingles that stand for the plan in the index; none of a plan of two or three sentences."""
        return self.shingles[self.shingles < SKETCH].tolist() if len(self.shingles) >= LEAST else []


def words_of(plan: Plan, names: Collection[str] = ()) -> Words:
    """The words of what the plan wrote itself: what it inherits is nobody's copy.

    `names` are units and places to be taken for one another, beside those that look like names.
    """
    pattern = _names(names)
    text = _APART.join(plain(one, pattern) for one in _own(plan))
    return Words(np.unique(_shingles(text)))


def _own(plan: Plan) -> Iterator[Text]:
    """Titles and texts of its own clauses, and the texts that it wrote into inherited ones."""
    for clause in plan.own_clauses:
        narrowed = plan.extension.narrowed.get(clause.id) if plan.extension else None
        if narrowed is None:
            yield clause.title
        if narrowed is None or "text" in narrowed:
            yield clause.text


def _names(names: Collection[str]) -> re.Pattern[str] | None:
    known = sorted((re.escape(name) for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(known)) if known else None


def plain(text: Text, names: re.Pattern[str] | None = None) -> str:
    """The words without names, figures, blanks and signs; Chinese, or English where there is none."""
    words = unicodedata.normalize("NFKC", text.zh or text.en)
    if names is not None:
        words = names.sub(NAME, words)
    words = _PLACE.sub(rf"{NAME}\1", words) if text.zh else _ENGLISH.sub(NAME, words)
    words = _FIGURES.sub(FIGURE, words)
    return "".join(part for part in _BLANKS.split(words.replace(NAME, "名").replace(FIGURE, "数")) if part).lower()


def _shingles(text: str) -> Hashes:
    """A hash of every run of WIDTH characters that lies in one clause."""
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(letters) < WIDTH:
        return np.empty(0, dtype=np.uint64)
    runs = np.lib.stride_tricks.sliding_window_view(letters, WIDTH)
    hashes: Hashes = (runs * _POWERS).sum(axis=1, dtype=np.uint64)
    mixed: Hashes = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    within: Hashes = mixed[(runs != 0).all(axis=1)]
    return within


def resemblance(a: Words, b: Words) -> float:
    """Shingles that both have, among those that either has: 0 to 1."""
    both = len(np.intersect1d(a.shingles, b.shingles, assume_unique=True))
    either = len(a.shingles) + len(b.shingles) - both
    return both / either if either else 0.0


def contained(whole: Words, part: Words) -> float:
    """How much of `part` stands in `whole`: 0 to 1."""
    both = len(np.intersect1d(whole.shingles, part.shingles, assume_unique=True))
    return both / len(part.shingles) if len(part.shingles) else 0.0


def contained_in_others(
    said: Sequence[Words], threshold: float, alike: Sequence[str]
) -> Iterator[tuple[int, int, float]]:
    """For each of which so much stands in another: both places and how much; those with the same `alike` are no pair.

    Of two that stand in one another the later is told. One that stands in an earlier one is not compared with later
    ones: they are compared with the earlier one.
    """
    sketches: list[list[int]] = []
    having: dict[int, list[int]] = defaultdict(list)
    for place, words in enumerate(said):
        sketches.append(words.sketch)
        near = [other for other in _near(sketches, having, place) if alike[other] != alike[place]][:COMPARED]
        found = next(((other, how) for other in near if (how := contained(said[other], words)) >= threshold), None)
        if found is not None:
            yield place, *found
            continue
        for other in near:
            if (how := contained(words, said[other])) >= threshold:
                yield other, place, how
        for shingle in sketches[place]:
            if len(having[shingle]) < COMMON:
                having[shingle].append(place)


def _near(sketches: Sequence[Sequence[int]], having: Mapping[int, Sequence[int]], place: int) -> list[int]:
    """Earlier plans with which this one shares a quarter of the smaller sketch, those that share most first."""
    shared = Counter(other for shingle in sketches[place] for other in having.get(shingle, ()))
    most = {other: count / min(len(sketches[place]), len(sketches[other])) for other, count in shared.items()}
    return sorted((other for other in most if most[other] >= 0.25), key=lambda other: (-most[other], other))
