"""How many people each unit has, and with which qualifications: counted in one statement.

A person who is lent to another unit counts there and not at home. Membership of teams moves nobody: one person may
be in several.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from muster.kernel.organisation.choices import PersonKind
from muster.kernel.organisation.models import Person, PersonQualification, Qualification, Secondment, Unit
from muster.kernel.organisation.models.named import in_force

Sets = dict[frozenset[str], int]
FORCE: Final = (PersonKind.OFFICER.value, PersonKind.AUXILIARY.value)
BITS: Final = 60  # both databases count in signed 64-bit integers


def qualification_sets(as_of: datetime, *, kinds: Sequence[str] = FORCE) -> dict[str, Sets]:
    """Per unit code, how many active people hold exactly which set of qualifications in force at `as_of`.

    Every person is counted once, so that nobody is planned for two posts. Each set is a frozenset of codes; people
    without any are under the empty one.
    """
    kept = list(Qualification.objects.order_by("pk").values_list("pk", "code"))
    words = [kept[start : start + BITS] for start in range(0, len(kept), BITS)] or [[]]
    names = [f"word_{number}" for number in range(len(words))]
    people = _people_by_unit(as_of, kinds).annotate(
        **{name: _held(word, as_of) for name, word in zip(names, words, strict=True)}
    )
    codes = dict(Unit.objects.values_list("pk", "code"))
    found: dict[str, Sets] = defaultdict(dict)
    for where, *masks, count in people.values_list("where", *names).annotate(people=Count("pk")).order_by():
        found[codes[where]][_codes(masks, words)] = count
    return dict(found)


def _people_by_unit(as_of: datetime, kinds: Sequence[str]) -> QuerySet[Any]:
    """Active people who belong to the bureau, with the key of the unit where they serve as `where`."""
    lent = Secondment.objects.filter(in_force(as_of), person=OuterRef("pk"), unit__isnull=False)
    people = Person.objects.filter(active=True, unit__isnull=False, kind__in=kinds)
    where = Coalesce(
        Subquery(lent.order_by("-starts_at").values("unit_id")[:1]), F("unit_id"), output_field=BigIntegerField()
    )
    return people.annotate(where=where)


def _held(word: Sequence[tuple[int, str]], as_of: datetime) -> Coalesce:
    """The qualifications of a person as the bits of one number, in the order of `word`."""
    bits = [When(qualification=key, then=Value(1 << place)) for place, (key, _code) in enumerate(word)]
    held = (
        PersonQualification.objects.filter(in_force(as_of), person=OuterRef("pk"))
        .order_by()
        .values("person")
        .annotate(bits=Sum(Case(*bits, default=Value(0), output_field=BigIntegerField())))
    )
    return Coalesce(Subquery(held.values("bits")), Value(0), output_field=BigIntegerField())


def _codes(masks: Sequence[int], words: Sequence[Sequence[tuple[int, str]]]) -> frozenset[str]:
    return frozenset(
        code
        for mask, word in zip(masks, words, strict=True)
        for place, (_key, code) in enumerate(word)
        if int(mask) >> place & 1
    )


def strength(as_of: datetime, *, kinds: Sequence[str] = FORCE) -> dict[tuple[str, str], int]:
    """Active people by (unit code, qualification code) at `as_of`; who holds several counts under each."""
    counted: Counter[tuple[str, str]] = Counter()
    for unit, sets in qualification_sets(as_of, kinds=kinds).items():
        for held, people in sets.items():
            counted.update({(unit, code): people for code in held})
    return dict(counted)


def headcount(as_of: datetime, *, kinds: Sequence[str] = FORCE) -> dict[str, int]:
    """Active people by unit code at `as_of`, whatever they are qualified for."""
    people = _people_by_unit(as_of, kinds).values_list("where").annotate(people=Count("pk")).order_by()
    codes = dict(Unit.objects.values_list("pk", "code"))
    return {codes[where]: count for where, count in people}


def headcount_by_kind(as_of: datetime) -> dict[tuple[str, str], int]:
    """Active people of every kind by (unit code, kind) at `as_of`."""
    people = _people_by_unit(as_of, PersonKind.values)
    codes = dict(Unit.objects.values_list("pk", "code"))
    counted = people.values_list("where", "kind").annotate(people=Count("pk")).order_by()
    return {(codes[where], kind): count for where, kind, count in counted}
