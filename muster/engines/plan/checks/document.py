"""Rules about the plan as a document: its ground, its reviews, its annexes, both its languages, its end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from muster.engines.plan.checks.naming import in_both_languages
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

DUPLICATE = Rule(
    "P001",
    ERROR,
    Text("条款编号重复", "Clause id used twice"),
    Text("条款编号 {clause} 用了 {count} 次", "clause id {clause} is used {count} times"),
    Text("给每个条款一个唯一的编号", "give each clause an id of its own"),
)
NO_LEGAL_BASIS = Rule(
    "P002",
    ERROR,
    Text("没有法律依据", "No legal basis"),
    Text("预案没有列明法律依据", "the plan names no legal basis"),
    Text("在 legal_basis 中列出所依据的法律和条文", "list the laws and articles in legal_basis"),
)
NEVER_REVIEWED = Rule(
    "P003",
    WARNING,
    Text("没有评估日期", "No date of review"),
    Text("预案没有写明最近一次评估的日期", "the plan does not say when it was last reviewed"),
    Text("评估后在 reviewed_on 写明日期", "review it and write the day into reviewed_on"),
)
TOO_RARELY = Rule(
    "P004",
    WARNING,
    Text("评估或演练间隔过长", "Reviewed or exercised too rarely"),
    Text(
        "{what}间隔为 {months} 个月，最长应为 {limit} 个月", "the {what} interval is {months} months; at most {limit}"
    ),
    Text("缩短间隔", "shorten the interval"),
)
COPIED_ANNEX = Rule(
    "P005",
    WARNING,
    Text("两份附件逐字相同", "Two annexes are the same word for word"),
    Text(
        "附件 {second} 与附件 {first} 的条款逐字相同，未结合本单位实际",
        "annex {second} has the clauses of annex {first} word for word; it does not speak of its own place",
    ),
    Text(
        "按本单位的点位、警力和协作单位重写附件 {second}", "write annex {second} for its own sites, people and partners"
    ),
)
ONE_LANGUAGE = Rule(
    "P006",
    WARNING,
    Text("只有一种语言", "In one language only"),
    Text(
        "条款 {clause} 的标题或正文缺少中文或英文",
        "clause {clause} lacks its title or text in one of the two languages",
    ),
    Text("补齐 zh 和 en", "write both zh and en"),
)
NO_STAND_DOWN = Rule(
    "P007",
    ERROR,
    Text("没有终止响应的条款", "No stand-down clause"),
    Text("没有任何条款在终止响应时启动", "no clause starts when the response ends"),
    Text("增加 on: stand_down 的条款", "add clauses with on: stand_down"),
)
END_INCOMPLETE = Rule(
    "P008",
    WARNING,
    Text("终止响应不完整", "The end is incomplete"),
    Text("终止响应时没有条款负责{what}", "no clause of the stand-down {what}"),
    Text("增加 on: stand_down、action: {action} 的条款", "add a clause with on: stand_down and action: {action}"),
)
SCALE_MISSING = Rule(
    "P009",
    WARNING,
    Text("缺少分级表", "A scale is missing"),
    Text("预案没有写明分级表 {scale}", "the plan does not give the scale {scale}"),
    Text("在 gradings 中写明该分级表", "give the scale in gradings"),
)
RULES = (
    DUPLICATE,
    NO_LEGAL_BASIS,
    NEVER_REVIEWED,
    TOO_RARELY,
    COPIED_ANNEX,
    ONE_LANGUAGE,
    NO_STAND_DOWN,
    END_INCOMPLETE,
    SCALE_MISSING,
)
AT_THE_END = {
    "release": Text("解除点位、撤回指令", "releases places and withdraws orders"),
    "return_goods": Text("归还征用物资并补偿", "returns what was requisitioned and compensates"),
    "review": Text("复盘评估", "reviews what happened"),
    "care": Text("补休和健康随访", "gives the rest that is owed and follows up on health"),
}
STAND_DOWN = "stand_down"


def duplicates(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P001."""
    counts = Counter(clause.id for clause in plan.clauses)
    last = {clause.id: clause for clause in plan.clauses}
    for clause_id, count in counts.items():
        if count > 1:
            yield DUPLICATE.in_clause(last[clause_id], count=count)


def legal_basis(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P002."""
    if not plan.legal_basis:
        yield NO_LEGAL_BASIS.in_plan()


def reviews(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P003 and P004; whether a review is overdue is asked of the world, which knows the day."""
    if plan.reviewed_on is None:
        yield NEVER_REVIEWED.in_plan()
    if plan.review_months > measured.review_months:
        what = Text("评估", "review")
        yield TOO_RARELY.in_plan("review", what=what, months=plan.review_months, limit=measured.review_months)
    if plan.exercise_months > measured.exercise_months:
        what = Text("演练", "exercise")
        yield TOO_RARELY.in_plan("exercise", what=what, months=plan.exercise_months, limit=measured.exercise_months)


def copied_annexes(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P005: all the words of two annexes are the same, whatever their clauses are numbered."""
    annexes: dict[str, list[Clause]] = defaultdict(list)
    for clause in plan.clauses:
        if clause.annex:
            annexes[clause.annex].append(clause)
    first: dict[tuple[tuple[Text, Text], ...], str] = {}
    for annex, clauses in annexes.items():
        words = tuple((clause.title, clause.text) for clause in clauses)
        original = first.setdefault(words, annex)
        if original != annex:
            yield COPIED_ANNEX.in_clause(clauses[0], first=original, second=annex)


def languages(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P006."""
    for clause in plan.clauses:
        titled = in_both_languages(clause.title)
        written = in_both_languages(clause.text) or not (clause.text.zh or clause.text.en)
        if not (titled and written):
            yield ONE_LANGUAGE.in_clause(clause)


def the_end(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P007, and P008 for what the law and the force are owed at the end."""
    last = [clause for clause in plan.clauses if clause.on == STAND_DOWN]
    if not last:
        yield NO_STAND_DOWN.in_plan()
        return
    adrift = {clause.action for clause in plan.clauses if not clause.on and not clause.levels}  # those are P103
    done = {clause.action for clause in last} | adrift
    for action, what in AT_THE_END.items():
        if action not in done:
            yield END_INCOMPLETE.in_plan(f"action:{action}", what=what, action=action)


def scales(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P009: event grade, warning colour and duty grade stand apart from the response level."""
    for scale in measured.scales:
        if not plan.gradings.get(scale):
            yield SCALE_MISSING.in_plan(f"scale:{scale}", scale=scale)


CHECKS = (duplicates, legal_basis, reviews, copied_annexes, languages, the_end, scales)
