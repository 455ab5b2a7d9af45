"""What cannot be edited."""

from __future__ import annotations

from muster.engines.plan.text import UNSAID, Text


class EditRefused(Exception):
    """`what` hinders the edit, what was `expected`, how to `mend` it; the text is as it was."""

    def __init__(self, what: Text, expected: Text = UNSAID, mend: Text = UNSAID) -> None:
        self.what, self.expected, self.mend = what, expected, mend
        super().__init__(what.en)


def no_clause(key: str) -> EditRefused:
    """There is no such clause, or there are two."""
    return EditRefused(
        Text(f"没有唯一的条款 {key}", f"there is no one clause {key}"),
        Text("预案中只出现一次的条款编号", "the id of a clause that stands once in the plan"),
        Text("在文本中查看条款编号", "look at the ids in the text"),
    )


def taken(name: str) -> EditRefused:
    """The id is in use."""
    return EditRefused(
        Text(f"编号 {name} 已被使用", f"the id {name} is taken"),
        Text("预案中没有的编号", "an id that the plan does not have"),
        Text("换一个编号", "choose another id"),
    )
