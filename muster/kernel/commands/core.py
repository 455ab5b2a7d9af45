"""The one write path: every change of state is a command.

One transaction holds the rows of the area, the audit leaf, the outbox rows and the command's own row, whose id was
made by the client. What is acknowledged is committed; the same id again gives the first receipt, word for word.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import update_wrapper
from hashlib import sha256
from typing import Any, Final, Generic, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from muster.kernel.audit.services import LeafValues, leaf_values
from muster.kernel.commands import ledger
from muster.kernel.commands.actor import Actor
from muster.kernel.commands.content import canonical, plain, restored
from muster.kernel.commands.errors import CommandConflict, CommandGone, NotPermitted, Overtaken
from muster.kernel.commands.models import CommandRecord, Conflict
from muster.kernel.commands.receipts import CREATED, REPEATED, Receipt

P = ParamSpec("P")
R = TypeVar("R")
Policy = Callable[..., bool]
log = logging.getLogger(__name__)
ASK_FIRST: Final = 4096  # bytes of content: a long import sent again is not done again


@dataclass(slots=True)
class Work:
    """What the running command says about itself."""

    by: Actor
    facts: dict[str, Any] = field(default_factory=dict)
    announcements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    leaves: list[LeafValues] = field(default_factory=list)
    outer: Work | None = None

    @property
    def root(self) -> Work:
        """The command that holds the transaction."""
        return self if self.outer is None else self.outer.root


_work: ContextVar[Work | None] = ContextVar("muster_work", default=None)


def announce(topic: str, payload: dict[str, Any] | None = None) -> None:
    """Tell whoever follows `topic`, once the running command is committed."""
    _running().root.announcements.append((topic, plain(payload or {})))


def record(**facts: Any) -> None:
    """Add facts to the audit leaf of the running command: keys and figures, never names or health."""
    _running().facts.update(facts)


def _running() -> Work:
    work = _work.get()
    assert work is not None, "announce() and record() are for the inside of a command"
    return work


class Command(Generic[P, R]):
    """A service function that is run by the write path; made by `command`."""

    def __init__(self, function: Callable[P, R], name: str, policy: Policy) -> None:
        update_wrapper(self, function)
        self.function = function
        self.name = name
        self.policy = policy

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the command and return what the service returns; a repeated one returns the first result."""
        assert not args, f"{self.name} takes keyword arguments only"
        work = _work.get()
        if work is not None:
            return self._join(work, kwargs)
        return cast(R, self._receive(kwargs).result)

    def receive(self, *args: P.args, **kwargs: P.kwargs) -> Receipt:
        """Do the command and return its receipt.

        Raises CommandConflict, CommandGone, NotPermitted, and the service's own errors.
        """
        assert not args, f"{self.name} takes keyword arguments only"
        assert _work.get() is None, "a command inside another has no receipt of its own"
        return self._receive(kwargs)

    def _receive(self, arguments: dict[str, Any]) -> Receipt:
        """Do it, and only where that fails ask whether it was done before: a round trip less in every write.

        A repeated command comes as far as its own row, whose id is taken, or to whatever the service says to doing a
        thing twice; all of it is rolled back. What is long to do is asked about first.
        """
        by: Actor = arguments["by"]
        content = {key: value for key, value in arguments.items() if key != "by"}
        payload = canonical({"name": self.name, "arguments": content})
        payload_hash = sha256(payload).hexdigest()
        if len(payload) > ASK_FIRST and ledger.is_done(by.command_id):
            return self._repeat(by, content, payload_hash)
        try:
            with transaction.atomic():
                return self._do(by, arguments, payload_hash)
        except Exception as problem:
            if not ledger.is_done(by.command_id):
                self._tell_overtaken(problem)
                raise
        return self._repeat(by, content, payload_hash)

    def _tell_overtaken(self, problem: Exception) -> None:
        """Raises Overtaken when what was to be unique had been taken between looking and writing."""
        if isinstance(problem, IntegrityError) and ledger.is_taken(problem):
            log.warning("%s was overtaken: %s", self.name, problem)
            raise Overtaken(
                _("Somebody else changed the same at the same moment; nothing of yours was done."),
                mend=_("Look at what is there now, and do it again if it is still needed."),
            ) from problem

    def _do(self, by: Actor, arguments: dict[str, Any], payload_hash: str) -> Receipt:
        work = Work(by)
        result = self._run(work, arguments)
        body = canonical(
            {"command_id": by.command_id, "command": self.name, "at": by.now, "payload": payload_hash, "result": result}
        )
        self._leave(work, payload_hash)
        done = ledger.Done(by.command_id, self.name, by.principal, payload_hash, by.now, body)
        ledger.write(done, work.leaves, work.announcements)
        return Receipt(CREATED, body, result)

    def _join(self, outer: Work, arguments: dict[str, Any]) -> R:
        """A command inside another: the same transaction, a leaf of its own, no receipt."""
        by: Actor = arguments["by"]
        work = Work(by, outer=outer)
        result = self._run(work, arguments)
        self._leave(work, "")
        return cast(R, result)

    def _run(self, work: Work, arguments: dict[str, Any]) -> Any:
        if not self.policy(**arguments):
            raise NotPermitted(self.name)
        token = _work.set(work)
        try:
            return self.function(**arguments)  # type: ignore[call-arg]
        finally:
            _work.reset(token)

    def _leave(self, work: Work, payload_hash: str) -> None:
        """The audit leaf: who, as what, what for, when, which content. It names nobody."""
        by = work.by
        leaf = leaf_values(
            kind="command",
            action=self.name,
            principal=by.principal,
            at=by.now,
            content={
                "command_id": str(by.command_id),
                "roles": sorted(by.roles),
                "purpose": by.purpose,
                "device": by.device,
                "device_time": plain(by.device_time),
                "payload": payload_hash,
                "within": str(work.outer.by.command_id) if work.outer else "",
                "facts": plain(work.facts),
            },
        )
        work.root.leaves.append(leaf)

    def _repeat(self, by: Actor, content: dict[str, Any], payload_hash: str) -> Receipt:
        first = CommandRecord.objects.get(pk=by.command_id)
        if first.gone:
            raise CommandGone(_("This was done, and its data has been erased since."), where=self.name)
        if first.payload_hash == payload_hash and first.principal == by.principal:
            body = bytes(first.receipt)
            return Receipt(REPEATED, body, restored(json.loads(body)["result"]))
        Conflict.objects.create(
            command_id=by.command_id,
            name=self.name,
            principal=by.principal,
            payload_hash=payload_hash,
            content=canonical(content).decode(),
            at=by.now,
        )
        raise CommandConflict(
            _("Another entry with the same number was received before; both are kept."),
            where=self.name,
            mend=_("Enter it again as a new one."),
        )


def command(name: str, *, policy: Policy) -> Callable[[Callable[P, R]], Command[P, R]]:
    """Make a service function a command called `name`; `policy` is asked with the service's own arguments."""

    def wrap(function: Callable[P, R]) -> Command[P, R]:
        return Command(function, name, policy)

    return wrap
