"""The one write path: idempotent, audited, announced.

Names are found when they are first used, so that this package can be imported before Django has its models.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from muster.kernel.commands.actor import Actor as Actor
    from muster.kernel.commands.core import Command as Command
    from muster.kernel.commands.core import announce as announce
    from muster.kernel.commands.core import command as command
    from muster.kernel.commands.core import record as record
    from muster.kernel.commands.errors import CommandConflict as CommandConflict
    from muster.kernel.commands.errors import CommandGone as CommandGone
    from muster.kernel.commands.errors import NotPermitted as NotPermitted
    from muster.kernel.commands.errors import Overtaken as Overtaken
    from muster.kernel.commands.receipts import Receipt as Receipt

_HOME = {
    "Actor": "actor",
    "Command": "core",
    "announce": "core",
    "command": "core",
    "record": "core",
    "CommandConflict": "errors",
    "CommandGone": "errors",
    "NotPermitted": "errors",
    "Overtaken": "errors",
    "Receipt": "receipts",
}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
