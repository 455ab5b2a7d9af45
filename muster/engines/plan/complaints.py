"""What pydantic found wrong, in the words of a plans officer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from muster.engines.plan.notation import nearest
from muster.engines.plan.reading import Path
from muster.engines.plan.schema import Form, PlanForm

Complaint = tuple[Path, str, str, str]

# Words of older sketches and near misses that spelling alone does not reach.
_INSTEAD = {
    "when": "write `trigger: ...`",
    "sites": "write `per: ...`",
    "expires": "write `measure: {kind: ..., expires: ...}`",
    "supply": "write `supplies: [...]`",
    "role": "write `actor: ...`",
    "due_h": "write `due: 2h`",
    "depends_on": "write `after: [...]`",
    "kind": "write `action: ...`",
    "from": "write it in `people`",
}


def complaints(error: ValidationError) -> Iterator[Complaint]:
    """Path, what, expected, mend of every mistake; an empty list is not reported where its items are wrong."""
    found = error.errors(include_url=False, include_input=True)
    paths = [tuple(one["loc"]) for one in found]
    for one, path in zip(found, paths, strict=True):
        within = any(other != path and other[: len(path)] == path for other in paths)
        if not (one["type"] == "too_short" and within):
            yield _complaint(one, tuple(part for part in path if part != "[key]"))


def _complaint(one: ErrorDetails, path: Path) -> Complaint:
    word = str(path[-1]) if path else ""
    match one["type"]:
        case "notation":
            context = one["ctx"]
            return path, _of(path, context["what"]), context["expected"], context["mend"]
        case "missing":
            return path[:-1], f"`{word}` is missing", _description(path), f"add `{word}: ...`"
        case "extra_forbidden":
            known = _words_at(path[:-1])
            return (
                path,
                f"unknown word `{word}`",
                "one of " + ", ".join(known),
                _INSTEAD.get(word) or nearest(word, known),
            )
        case "too_short":
            return path, f"`{word}` is empty", "at least one", f"fill or remove `{word}`"
        case _:
            return path, _of(path, f"`{_shown(one['input'])}` does not fit"), _expected(one), ""


def _of(path: Path, what: str) -> str:
    """What is wrong, with the word that it stands behind."""
    words = [part for part in path if isinstance(part, str)]
    return f"`{words[-1]}`: {what}" if words else what


def _shown(value: Any) -> str:
    text = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _expected(one: ErrorDetails) -> str:
    kinds = {
        "dict_type": "`word: value` entries",
        "model_type": "`word: value` entries",
        "model_attributes_type": "`word: value` entries",
        "tuple_type": "a list such as [a, b]",
        "literal_error": str(one.get("ctx", {}).get("expected", "")),
    }
    return kinds.get(one["type"], one["msg"])


def _description(path: Path) -> str:
    form = _form_at(path[:-1])
    field = next((f for n, f in form.model_fields.items() if (f.alias or n) == path[-1]), None) if form else None
    schemas = [meta.schema for meta in field.metadata if hasattr(meta, "schema")] if field else []
    return schemas[0].get("description", "") if schemas else ""


def _words_at(path: Path) -> list[str]:
    """The words that a mapping at this path may have."""
    form = _form_at(path)
    return [field.alias or name for name, field in form.model_fields.items()] if form else []


def _form_at(path: Path) -> type[Form] | None:
    annotation: Any = PlanForm
    for part in path:
        annotation = _inside(annotation, part)
    return annotation if isinstance(annotation, type) and issubclass(annotation, Form) else None


def _inside(annotation: Any, part: str | int) -> Any:
    """The annotation one step down."""
    form = _plain(annotation)
    if isinstance(form, type) and issubclass(form, Form):
        fields = {field.alias or name: field for name, field in form.model_fields.items()}
        return _plain(fields[str(part)].annotation) if part in fields else None
    arguments = get_args(form)
    return _plain(arguments[1] if get_origin(form) is dict else arguments[0]) if arguments else None


def _plain(annotation: Any) -> Any:
    """Without Annotated and without `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    some = [one for one in get_args(annotation) if one is not type(None)]
    return some[0] if type(None) in get_args(annotation) and len(some) == 1 else annotation
