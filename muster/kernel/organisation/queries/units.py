"""The tree of units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from muster.kernel.organisation.choices import UnitKind
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.models.named import in_readers_language


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree; `parent` and `area` are codes, empty for none; the bureau has depth 0."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    parent: str
    area: str
    cohort: str
    is_active: bool
    depth: int = 0
    children: int = 0

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_readers_language(self.name_zh, self.name_en)

    @property
    def kind_title(self) -> str:
        """What it is, in the language of the reader."""
        return str(UnitKind(self.kind).label)


def unit_tree() -> list[UnitNode]:
    """All units, each parent before its children, brothers by code; one query."""
    below: dict[str, list[UnitNode]] = defaultdict(list)
    for node in _nodes(Unit.objects.order_by("code")):
        below[node.parent].append(node)
    return list(_walk("", 0, below))


def _walk(parent: str, depth: int, below: dict[str, list[UnitNode]]) -> Iterator[UnitNode]:
    for node in below.get(parent, ()):
        yield _placed(node, depth, len(below.get(node.code, ())))
        yield from _walk(node.code, depth + 1, below)


def _placed(node: UnitNode, depth: int, children: int) -> UnitNode:
    return UnitNode(
        node.code,
        node.kind,
        node.name_zh,
        node.name_en,
        node.parent,
        node.area,
        node.cohort,
        node.is_active,
        depth,
        children,
    )


def _nodes(rows: QuerySet[Unit]) -> Iterator[UnitNode]:
    fields = ("code", "kind", "name_zh", "name_en", "parent__code", "area__code", "cohort", "is_active")
    for code, kind, name_zh, name_en, parent, area, cohort, is_active in rows.values_list(*fields):
        yield UnitNode(code, kind, name_zh, name_en, parent or "", area or "", cohort, is_active)


def unit(code: str) -> UnitNode | None:
    """One unit with its depth and number of children, or None."""
    return next((node for node in unit_tree() if node.code == code), None)


def children_of(code: str) -> list[UnitNode]:
    """The units directly below `code`; the bureau for the empty code."""
    return [node for node in unit_tree() if node.parent == code]


def ancestors(tree: Sequence[UnitNode] | None = None) -> dict[str, tuple[str, ...]]:
    """For each unit code, the codes above it, nearest first; the bureau has none. Whoever has the tree gives it."""
    above: dict[str, tuple[str, ...]] = {}
    for node in unit_tree() if tree is None else tree:  # a parent comes before its children
        above[node.code] = (node.parent, *above[node.parent]) if node.parent else ()
    return above


def descendants(tree: Sequence[UnitNode] | None = None) -> dict[str, frozenset[str]]:
    """For each unit code, the codes below it at any depth and its own. Whoever has the tree gives it."""
    below: dict[str, set[str]] = defaultdict(set)
    for code, above in ancestors(tree).items():
        for one in (code, *above):
            below[one].add(code)
    return {code: frozenset(codes) for code, codes in below.items()}
