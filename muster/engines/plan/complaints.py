"""What pydantic found wrong, in the words of a plans officer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from muster.engines.plan.notation import Written, shown
from muster.engines.plan.reading import Path
from muster.engines.plan.schema import Form, PlanForm
from muster.engines.plan.text import UNSAID, Text, nearest, one_of_these, same

Complaint = tuple[Path, Text, Text, Text]

# Words of older sketches and near misses that spelling alone does not reach.
_INSTEAD = {
    "when": "trigger: ...",
    "sites": "per: ...",
    "expires": "measure: {kind: ..., expires: ...}",
    "supply": "supplies: [...]",
    "role": "actor: ...",
    "due_h": "due: 2h",
    "depends_on": "after: [...]",
    "kind": "action: ...",
}
_LIST = Text("列表，例如 [a, b]", "a list such as [a, b]")
_ENTRIES = Text("`词: 值` 条目", "`word: value` entries")
_KINDS = {
    "dict_type": _ENTRIES,
    "model_type": _ENTRIES,
    "model_attributes_type": _ENTRIES,
    "tuple_type": _LIST,
}


def complaints(error: ValidationError, root: type[Form] = PlanForm) -> Iterator[Complaint]:
    """Path, what, expected, mend of every mistake in what should be a `root`.

    An empty list is not reported where its items are wrong.
    """
    found = error.errors(include_url=False, include_input=True)
    paths = [tuple(one["loc"]) for one in found]
    for one, path in zip(found, paths, strict=True):
        within = any(other != path and other[: len(path)] == path for other in paths)
        if not (one["type"] == "too_short" and within):
            yield _complaint(one, tuple(part for part in path if part != "[key]"), root)


def _complaint(one: ErrorDetails, path: Path, root: type[Form]) -> Complaint:
    word = str(path[-1]) if path else ""
    match one["type"]:
        case "notation":
            context = one["ctx"]
            return path, _of(path, context["what"]), context["expected"], context["mend"]
        case "missing":
            return path[:-1], *_missing(word, _described(path, root))
        case "extra_forbidden":
            return path, *_unknown(word, _words_at(path[:-1], root))
        case "too_short":
            return path, *_empty(word)
        case _:
            text = shown(one["input"])
            what = Text(f"`{text}` 不合要求", f"`{text}` does not fit")
            return path, _of(path, what), _KINDS.get(one["type"], _literal(one)), UNSAID


def _missing(word: str, expected: Text) -> tuple[Text, Text, Text]:
    add = f"`{word}: ...`"
    return Text(f"缺少 `{word}`", f"`{word}` is missing"), expected, Text(f"增加 {add}", f"add {add}")


def _unknown(word: str, known: list[str]) -> tuple[Text, Text, Text]:
    what = Text(f"未知词 `{shown(word)}`", f"unknown word `{shown(word)}`")
    instead = _INSTEAD.get(word)
    mend = Text(f"写 `{instead}`", f"write `{instead}`") if instead else nearest(word, known)
    return what, one_of_these(known), mend


def _empty(word: str) -> tuple[Text, Text, Text]:
    mend = Text(f"填写或删去 `{word}`", f"fill or remove `{word}`")
    return Text(f"`{word}` 为空", f"`{word}` is empty"), Text("至少一项", "at least one"), mend


def _of(path: Path, what: Text) -> Text:
    """What is wrong, with the word that it stands behind."""
    words = [part for part in path if isinstance(part, str)]
    return Text(f"`{words[-1]}`：{what.zh}", f"`{words[-1]}`: {what.en}") if words else what


def _literal(one: ErrorDetails) -> Text:
    return same(str(one.get("ctx", {}).get("expected", "")))


def _described(path: Path, root: type[Form]) -> Text:
    form = _form_at(path[:-1], root)
    field = next((f for n, f in form.model_fields.items() if (f.alias or n) == path[-1]), None) if form else None
    written = [meta for meta in field.metadata if isinstance(meta, Written)] if field else []
    return written[0].expected if written else UNSAID


def _words_at(path: Path, root: type[Form]) -> list[str]:
    """The words that a mapping at this path may have."""
    form = _form_at(path, root)
    return [field.alias or name for name, field in form.model_fields.items()] if form else []


def _form_at(path: Path, root: type[Form]) -> type[Form] | None:
    annotation: Any = root
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
