"""Plans that were copied from one another: the same words under another name, with other figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from muster.engines.plan.findings import WARNING, Finding, Rule
from muster.engines.plan.likeness import Words, contained_in_others, words_of
from muster.engines.plan.text import Text
from muster.engines.plan.types import Plan

THRESHOLD: Final = 0.6  # of a plan's own shingles; those of plans that speak for themselves share less than 0.1
COPIED_PLAN = Rule(
    "P010",
    WARNING,
    Text("与另一预案雷同", "Copied from another plan"),
    Text(
        "预案 {second} 自己的条款与预案 {first} 有 {percent}% 相同（不计单位名、地名和数字），未结合本单位实际",
        "{percent}% of what plan {second} says itself is what plan {first} says, names and figures aside; it does not "
        "speak of its own place",
    ),
    Text(
        "按本单位的点位、警力和协作单位重写预案 {second}",
        "write plan {second} for its own sites, people and partners",
    ),
)
RULES = (COPIED_PLAN,)


def copies(plans: Sequence[Plan], names: Collection[str] = ()) -> Mapping[int, Finding]:
    """For each plan, by its place in `plans`, most of which stands in a plan of another name: that it does.

    `names` are units and places of the bureau, which a copy exchanges first.
    """
    return copies_of_words(plans, [words_of(plan, names) for plan in plans])


def copies_of_words(plans: Sequence[Plan], said: Sequence[Words]) -> Mapping[int, Finding]:
    """The same where the words of each plan were made comparable before."""
    found: dict[int, Finding] = {}
    for place, other, how in contained_in_others(said, THRESHOLD, [plan.id for plan in plans]):
        first, second = plans[other].id, plans[place].id
        told = COPIED_PLAN.in_plan(f"plan:{first}", first=first, second=second, percent=int(100 * how))
        found.setdefault(place, told)
    return found
