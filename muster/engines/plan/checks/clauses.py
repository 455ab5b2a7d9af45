"""Rules about each clause by itself: who does it, when it stands, in words that the engine knows, with what proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from muster.engines.plan import words
from muster.engines.plan.checks.naming import is_nobody
from muster.engines.plan.checks.titles import titles_of
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

NO_ACTOR = Rule(
    "P101",
    ERROR,
    Text("没有责任人", "Nobody does it"),
    Text("条款 {clause} 没有责任角色", "clause {clause} has no actor"),
    Text("在 actor 写明一个指挥角色", "name a command role as its actor"),
)
UNKNOWN_ROLE = Rule(
    "P102",
    ERROR,
    Text("责任角色不存在", "The actor is no role of the plan"),
    Text(
        "条款 {clause} 的责任角色 {role} 不在 roles 中", "clause {clause} names the actor {role}, which is not in roles"
    ),
    Text("改为已有角色，或在 roles 中增加 {role}", "name a role of the plan, or add {role} to roles"),
)
NEVER_STARTS = Rule(
    "P103",
    ERROR,
    Text("条款永不启动", "The clause never starts"),
    Text(
        "条款 {clause} 不在预案的任何级别生效，也不由降级或终止启动",
        "clause {clause} stands at no level of the plan and starts on no moment",
    ),
    Text("写明 levels 或 on", "give it levels, or a moment with on"),
)
UNKNOWN_WORD = Rule(
    "P104",
    ERROR,
    Text("用词不在词表中", "A word that the engine does not know"),
    Text(
        "条款 {clause} 的{kind}“{word}”不在词表中",
        "clause {clause} names the {kind} {word}, which is not in the vocabulary",
    ),
    Text("从 JSON Schema 的词表中选用", "take a word from the vocabulary in the JSON Schema"),
)
NO_EVIDENCE = Rule(
    "P105",
    WARNING,
    Text("没有完成依据", "Nothing proves that it is done"),
    Text(
        "条款 {clause} 不要求任何完成依据，无法证明已办结",
        "clause {clause} asks for no evidence, so nothing proves that it was done",
    ),
    Text("在 evidence 写明要提交的材料", "say in evidence what is to be handed in"),
)
NO_PARTNER_ACKNOWLEDGEMENT = Rule(
    "P106",
    WARNING,
    Text("协作单位无须确认", "The partner confirms nothing"),
    Text(
        "条款 {clause} 由{partners}配合，但不要求其确认",
        "clause {clause} counts on {partners}, who need not confirm it",
    ),
    Text(
        "在 evidence 增加 partner_acknowledgement 或 handover_receipt",
        "add partner_acknowledgement or handover_receipt to evidence",
    ),
)
LEVEL_GAP = Rule(
    "P107",
    WARNING,
    Text("级别不连续", "The levels have a gap"),
    Text(
        "条款 {clause} 在更高和更低级别生效，却不在 {levels} 级生效",
        "clause {clause} stands above and below level {levels} but not at it",
    ),
    Text("补上缺少的级别，或写明原因", "add the level that is missing"),
)
NOTHING_OF_IT = Rule(
    "P108",
    WARNING,
    Text("数量为零", "Nothing of something"),
    Text("条款 {clause} 的{what}为零", "clause {clause} gives no {what}"),
    Text("写明大于零的数量", "give a number above zero"),
)
RULES = (
    NO_ACTOR,
    UNKNOWN_ROLE,
    NEVER_STARTS,
    UNKNOWN_WORD,
    NO_EVIDENCE,
    NO_PARTNER_ACKNOWLEDGEMENT,
    LEVEL_GAP,
    NOTHING_OF_IT,
)
MOMENTS = ("level_down", "stand_down")


def actors(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P101 and P102."""
    for clause in plan.clauses:
        if not clause.actor:
            yield NO_ACTOR.in_clause(clause)
        elif clause.actor not in plan.roles:
            yield UNKNOWN_ROLE.in_clause(clause, role=clause.actor)


def starts(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P103."""
    numbers = {level.number for level in plan.levels}
    for clause in plan.clauses:
        if clause.on not in MOMENTS and not clause.levels & numbers:
            yield NEVER_STARTS.in_clause(clause)


def vocabulary(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P104; a plan that was loaded from text has been held to its vocabulary already."""
    for clause in plan.clauses:
        for kind, word in unknown_words(plan, clause):
            yield UNKNOWN_WORD.in_clause(clause, kind=kind, word=word)


def unknown_words(plan: Plan, clause: Clause) -> Iterator[tuple[Text, str]]:
    """Each word of a clause that is in no vocabulary, with what it should be."""
    named: tuple[tuple[Text, Iterable[str], Iterable[str]], ...] = (
        (Text("动作", "action"), [clause.action], words.ACTION_KINDS),
        (Text("资格", "qualification"), [need.qualification for need in clause.people], words.QUALIFICATIONS),
        (Text("协作单位", "partner"), clause.partners, words.PARTNERS),
        (Text("物资", "item"), [supply.item for supply in clause.supplies], words.ITEMS),
        (Text("数据级别", "data class"), [clause.data_class], words.DATA_CLASSES),
        (Text("对象", "object"), [clause.per] if clause.scales != "once" else [], _objects(clause)),
        (Text("防护标准", "protection standard"), [clause.standard] if clause.standard else [], plan.standards),
    )
    for kind, used, known in named:
        yield from ((kind, word) for word in used if word not in known)


def _objects(clause: Clause) -> Iterable[str]:
    """What a clause of this scale may be done for each of."""
    if clause.scales == "site":
        return words.SITE_KINDS
    return [kind for kind, scale in words.ARISING.items() if scale == clause.scales]


def evidence(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P105, and P106 for what a partner should confirm."""
    for clause in plan.clauses:
        if all(is_nobody(name) for name in clause.evidence):
            yield NO_EVIDENCE.in_clause(clause)
        elif clause.partners and measured.acknowledged.isdisjoint(clause.evidence):
            yield NO_PARTNER_ACKNOWLEDGEMENT.in_clause(clause, partners=titles_of(clause.partners))


def level_gaps(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P107."""
    for clause in plan.clauses:
        if not clause.levels:
            continue
        between = set(range(min(clause.levels), max(clause.levels) + 1)) & {level.number for level in plan.levels}
        if gap := sorted(between - clause.levels):
            yield LEVEL_GAP.in_clause(clause, levels=", ".join(words.LEVEL_NAMES[number] for number in gap))


def quantities(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P108: people, shifts, supplies or a term of nothing."""
    for clause in plan.clauses:
        if any(need.count < 1 or need.shifts < 1 or need.handles < 1 for need in clause.people):
            yield NOTHING_OF_IT.in_clause(clause, what=Text("人数、班次或处理量", "people, shifts or handling"))
        if any(supply.quantity <= 0 for supply in clause.supplies):
            yield NOTHING_OF_IT.in_clause(clause, what=Text("物资数量", "supplies"))
        if isinstance(clause.due, timedelta) and clause.due <= timedelta():
            yield NOTHING_OF_IT.in_clause(clause, what=Text("时限", "time to do it in"))


CHECKS = (actors, starts, vocabulary, evidence, level_gaps, quantities)
