"""How much of one plan's words stands in another, whatever names and figures were exchanged.

Resemblance is the Jaccard index of two sets of shingles (Broder, "On the resemblance and containment of documents",
Compression and Complexity of Sequences 1997). Which pairs to compare is found by MinHash signatures in bands
(Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3rd ed., sections 3.2-3.4), so the work grows with the number
of plans and not with that of pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

WIDTH: Final = 5  # characters of a shingle; Broder's advice for short documents
LEAST: Final = 50  # shingles; two or three sentences may be the same by chance
BANDS: Final = 32
ROWS: Final = 4  # with 32 bands of 4 a pair that resembles by 0.7 is met with probability 0.9998
COMPARED: Final = 4  # earlier plans of one bucket that are compared
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
_random = np.random.default_rng(20190915)
_SCALE: Final[Hashes] = _random.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFT: Final[Hashes] = _random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_POWERS: Final[Hashes] = np.array([pow(1_000_003, place, 2**64) for place in range(WIDTH)], dtype=np.uint64)
_AT_ONCE: Final = 512  # shingles that are permuted together: half a megabyte stays near the processor
_APART: Final = "\x00"  # stands between two clauses; no shingle reaches over it


@dataclass(frozen=True, slots=True)
class Words:
    """What a plan says itself, made comparable: its shingles, sorted and each once, and their signature by bands."""

    shingles: Hashes
    bands: tuple[bytes, ...]


def words_of(plan: Plan, names: Collection[str] = ()) -> Words:
    """The words of what the plan wrote itself: what it inherits is nobody's copy.

    `names` are units and places to be taken for one another, beside those that look like names.
    """
    pattern = _names(names)
    text = _APART.join(plain(one, pattern) for one in _own(plan))
    shingles = np.unique(_shingles(text))
    return Words(shingles, _bands(shingles))


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


def _bands(shingles: Hashes) -> tuple[bytes, ...]:
    """The least of each of 128 permutations of the shingles, in bands of four."""
    if len(shingles) < LEAST:
        return ()
    least = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for part in np.array_split(shingles, 1 + len(shingles) // _AT_ONCE):
        moved = _SCALE[:, None] * part + _SHIFT[:, None]
        moved ^= moved >> np.uint64(31)
        least = np.minimum(least, moved.min(axis=1))
    return tuple(least[at : at + ROWS].tobytes() for at in range(0, BANDS * ROWS, ROWS))


def resemblance(a: Words, b: Words) -> float:
    """Shingles that both have, among those that either has: 0 to 1."""
    both = len(np.intersect1d(a.shingles, b.shingles, assume_unique=True))
    either = len(a.shingles) + len(b.shingles) - both
    return both / either if either else 0.0


def earlier_like(said: Sequence[Words], threshold: float, alike: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """For each that resembles an earlier one: both places and how much; those with the same `alike` are not compared.

    One that resembles an earlier one is not compared with later ones: they resemble the earlier one, too.
    """
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for place, words in enumerate(said):
        keys = list(enumerate(words.bands))
        near = sorted({other for key in keys for other in buckets.get(key, ()) if alike[other] != alike[place]})
        found = next(((other, how) for other in near if (how := resemblance(said[other], words)) >= threshold), None)
        if found is not None:
            yield place, *found
            continue
        for key in keys:
            bucket = buckets.setdefault(key, [])
            if len(bucket) < COMPARED:
                bucket.append(place)
