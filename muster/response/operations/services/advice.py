"""What the indicators speak for, as a recommendation that waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from muster.engines.plan.checks.titles import in_words, title_of, titles_of
from muster.engines.plan.effects import Effect, LevelRecommended, LevelUnknown
from muster.engines.plan.events import IndicatorsSeen, Value
from muster.engines.plan.types import Plan, Text
from muster.engines.plan.words import ROMAN
from muster.kernel.commands import announce
from muster.kernel.ui.wording import level_title
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.models import LogEntry, Operation, Proposal
from muster.response.operations.queries.difference import difference
from muster.response.operations.queries.knowledge import province_level, stored
from muster.response.operations.services.texts import Log, in_both, what

QUIET: Final = timedelta(
    hours=24
)  # what was refused is recommended again a day later, or when it rests on other figures


def advise(log: Log, seen: IndicatorsSeen, effects: Sequence[Effect]) -> None:
    """Put up the recommendation of a look, unless it waits already or was refused on the same figures.

    One that is no longer spoken for is overtaken.
    """
    _tell_unknown(log, effects)
    recommended = recommendation(effects)
    waiting = waiting_advice(log.operation)
    if waiting is not None and recommended is not None and waiting.level == recommended.level:
        return
    if waiting is not None:
        _overtake(log, waiting)
    if recommended is not None and not _is_in_hand(log.operation, recommended, log.by.now):
        _put_up(log, seen, recommended)


def is_news(operation: Operation, effects: Sequence[Effect], at: datetime) -> bool:
    """Whether `advise` would write anything about these effects."""
    unknown = _unknown(effects)
    if unknown is not None and not _was_told(operation, unknown):
        return True
    recommended, waiting = recommendation(effects), waiting_advice(operation)
    if recommended is None or waiting is not None:
        return (recommended.level if recommended else None) != (waiting.level if waiting else None)
    return not _is_in_hand(operation, recommended, at)


def recommendation(effects: Sequence[Effect]) -> LevelRecommended | None:
    """What one look speaks for."""
    return next((effect for effect in effects if isinstance(effect, LevelRecommended)), None)


def waiting_advice(operation: Operation) -> Proposal | None:
    """The recommendation that waits for a person."""
    return Proposal.objects.filter(operation=operation, source="system", outcome="waiting").first()


def _overtake(log: Log, waiting: Proposal) -> None:
    waiting.outcome, waiting.decided_at = Proposal.Outcome.OVERTAKEN, log.by.now
    waiting.save(update_fields=["outcome", "decided_at"])
    line = _("The indicators no longer speak for this: %(what)s.")
    log.add(LogEntry.Kind.PROPOSAL, line, what=what(waiting.kind, waiting.level))


def _is_in_hand(operation: Operation, recommended: LevelRecommended, at: datetime) -> bool:
    """Somebody has proposed just that and it waits, or somebody refused it lately on the very same figures."""
    same = Proposal.objects.filter(operation=operation, level=recommended.level)
    if same.filter(source="person", outcome="waiting").exists():
        return True
    refused = same.filter(source="system", outcome="refused", rule=recommended.rule).order_by("-decided_at").first()
    if refused is None or refused.decided_at is None or at - refused.decided_at >= QUIET:
        return False
    return {name: refused.seen.get(name, {}).get("value") for name in recommended.seen} == dict(recommended.seen)


def _put_up(log: Log, seen: IndicatorsSeen, recommended: LevelRecommended) -> None:
    operation, at = log.operation, log.by.now
    kind = Proposal.Kind.CHANGE_LEVEL if recommended.level else Proposal.Kind.STAND_DOWN
    known = stored(seen)
    reason = rule_in_words(plan_of(operation.plan_version), recommended)
    Proposal.objects.create(
        operation=operation,
        kind=kind,
        source=Proposal.Source.SYSTEM,
        level=recommended.level,
        from_level=operation.level,
        government_level=province_level(known),
        reason_zh=reason.zh,
        reason_en=reason.en,
        rule=recommended.rule,
        seen=known,
        difference=difference(operation=operation, kind=kind, level=recommended.level, at=at).as_json(),
        proposed_at=at,
        proposed_by=log.by.principal,
    )
    line = _("Muster recommends: %(what)s; a named person decides. %(reason)s")
    log.add(LogEntry.Kind.PROPOSAL, line, what=what(kind, recommended.level), reason=reason)
    announce(operation.topic, {"operation": operation.code, "proposal": recommended.level})


def rule_in_words(plan: Plan, recommended: LevelRecommended) -> Text:
    """The rule of the plan that speaks, as people say it, with the figures that it saw."""
    what_of, _colon, level = recommended.rule.partition(":")
    rule = plan.level(ROMAN[level])
    line, condition = RULES[what_of], rule.trigger if what_of == TRIGGER else rule.release
    seen = [_seen(name, value) for name, value in sorted(recommended.seen.items())]
    listed = Text("；".join(one.zh for one in seen), "; ".join(one.en for one in seen))
    named = f"{plan.id} {plan.version}"
    return in_both(line, plan=named, level=level_title(rule.number), condition=in_words(condition.text), seen=listed)


TRIGGER: Final = "trigger"
RULES: Final = {
    TRIGGER: _("%(plan)s, condition for %(level)s: %(condition)s. Now: %(seen)s."),
    "release": _("%(plan)s, condition to leave %(level)s, held long enough: %(condition)s. Now: %(seen)s."),
}


def _seen(name: str, value: Value) -> Text:
    """An indicator with its figure."""
    title = title_of(name, "indicator")
    if isinstance(value, bool):
        return Text(f"{title.zh}：{'有' if value else '无'}", f"{title.en}: {'yes' if value else 'no'}")
    figure = f"{value:.4g}" if isinstance(value, float) else str(value)
    return Text(f"{title.zh} {figure}", f"{title.en} {figure}")


def _tell_unknown(log: Log, effects: Sequence[Effect]) -> None:
    """Say which levels cannot be judged, once as long as the same figures are missing."""
    text = _unknown(effects)
    if text is not None and not _was_told(log.operation, text):
        log.write(LogEntry.Kind.FIGURES, text)


def _unknown(effects: Sequence[Effect]) -> Text | None:
    found = [effect for effect in effects if isinstance(effect, LevelUnknown)]
    if not found:
        return None
    line = _("Whether %(levels)s is called for cannot be said; unknown: %(missing)s.")
    listed = {code: [_level_in(code, effect.level) for effect in found] for code in ("zh-hans", "en")}
    levels = Text("、".join(listed["zh-hans"]), ", ".join(listed["en"]))
    missing = titles_of(sorted({name for effect in found for name in effect.missing}), "indicator")
    return in_both(line, levels=levels, missing=missing)


def _level_in(language: str, level: int) -> str:
    with override(language):
        return str(level_title(level))


def _was_told(operation: Operation, text: Text) -> bool:
    said = operation.log.filter(kind=LogEntry.Kind.FIGURES).order_by("-at", "-pk")
    return said.values_list("text_en", flat=True).first() == text.en
