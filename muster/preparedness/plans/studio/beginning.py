"""A draft is opened: with a frame, with a released version, from a file, or as the plan of a unit below another."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any, Final

from muster.engines.plan.editing import head_changed
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Unit
from muster.preparedness.plans import services
from muster.preparedness.plans.models import Draft, PlanVersion
from muster.preparedness.plans.queries.library import code_is_free, plan_above
from muster.preparedness.plans.refusals import FileUnreadable
from muster.preparedness.plans.studio.opening import decoded, frame
from muster.preparedness.plans.studio.word import clauses_in_word, with_clauses

_NUMBER: Final = re.compile(r"-\d+$")
_KIND: Final = re.compile(r"^[A-Z]+-(?=.)")  # what the code of a unit begins with, such as SB- or ST-
_UNFIT: Final = re.compile(r"[^A-Z0-9-]+")
LONGEST: Final = 60  # of a code that is made from that of a unit


def draft_begin(
    *,
    by: Actor,
    code: str,
    titles: tuple[str, str] = ("", ""),
    based_on: PlanVersion | None = None,
    unit: Unit | None = None,
    file: Any = None,
) -> Draft:
    """Open a draft: with a file's text, that of a version, as the plan of a unit below the one above, or with a frame.

    A unit's plan without a `code` gets a free one made from the unit's. Raises what `draft_open` does, WordRefused,
    FileUnreadable.
    """
    if file is not None:
        return services.draft_open(by=by, code=code, unit=unit, text=_of_file(file, code, titles))
    if based_on is not None:
        code = code or based_on.plan.code
        return services.draft_open(by=by, code=code, unit=unit or based_on.unit, based_on=based_on)
    if unit is not None:
        return services.draft_open(by=by, **opening_of(unit, code, titles))
    return services.draft_open(by=by, code=code, text=frame(code, *titles))


def opening_of(unit: Unit, code: str = "", titles: tuple[str, str] = ("", "")) -> dict[str, Any]:
    """Code, unit and text with which the plan of a unit begins: below the plan above it, or as a plan of its own."""
    above = plan_above(unit)
    code = code or code_for(unit, above)
    text = lower_frame(code, unit, above, titles) if above else frame(code, *titles)
    return {"code": code, "unit": unit, "text": text}


def lower_frame(code: str, unit: Unit, above: PlanVersion, titles: tuple[str, str] = ("", "")) -> str:
    """A plan of a unit that extends a released version, and neither narrows nor adds anything yet."""
    own = (_title(above.title_zh, unit.name_zh, "的"), _title(above.title_en, unit.name_en, ": "))
    zh, en = (given or made for given, made in zip(titles, own, strict=True))
    return head_changed(
        _lower_frame(),
        {
            "plan": code,
            "title": {"zh": zh, "en": en},
            "unit": unit.code,
            "extends": {"plan": above.plan.code, "version": above.version},
        },
    )


def _title(above: str, unit: str, between: str) -> str:
    """That of the plan above with the unit's name in place of the bureau's, or before it."""
    root = Unit.objects.filter(parent=None).order_by("pk").first()
    names = [name for name in (root.name_zh, root.name_en) if name in above] if root else []
    return above.replace(names[0], unit, 1) if names and unit else f"{unit}{between}{above}" if unit else above


def code_for(unit: Unit, above: PlanVersion | None) -> str:
    """A free code for the plan of a unit, such as S-PHE-BINHAI for SB-BINHAI below S-PHE-01."""
    while above is not None and above.higher is not None:
        above = above.higher
    stem = f"{_NUMBER.sub('', above.plan.code)}-" if above else ""
    made = _UNFIT.sub("-", stem + _KIND.sub("", unit.code.upper()))[:LONGEST].strip("-")
    return next(code for code in (made, *(f"{made}-{n}" for n in range(2, 1000))) if code_is_free(code, unit))


def _lower_frame() -> str:
    return resources.files(__package__).joinpath("lower_frame.yaml").read_text("utf-8")


def _of_file(file: Any, code: str, titles: tuple[str, str]) -> str:
    """A plan's text as it is, or a Word document's headings and lists as clauses in a frame."""
    content = file.read()
    if file.name.lower().endswith(".docx"):
        return with_clauses(frame(code, *titles), clauses_in_word(content, file.name))
    text = decoded(content, file.name)
    if "\x00" in text:
        raise FileUnreadable(file.name, text[: text.index("\x00")].count("\n") + 1)
    return text
