"""Whoever waits for long work sees how far it is and can stop it; nobody else can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from muster.kernel import progress
from muster.kernel.access.models import Account
from muster.kernel.ui import waiting

NUMBER = uuid4()


def request(account: int, method: str = "GET", number: object = NUMBER) -> HttpRequest:
    made = RequestFactory().generic(method, "/")
    if method == "POST":
        made = RequestFactory().post("/", {"progress": str(number)})
    made.user = Account(pk=account)
    return made


@pytest.fixture(autouse=True)
def _no_rest_between_two_looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(waiting, "BETWEEN", 0.0)
    yield
    cache.clear()


def share_told_to(account: int, number: UUID = NUMBER) -> bytes:
    return waiting.how_far(request(account), number).content


def work(step: Callable[[int], None]) -> Callable[..., HttpResponse]:
    @waiting.shows_progress
    def page(asked: HttpRequest) -> HttpResponse:
        for done in range(4):
            progress.tell(done, 4)
            step(done)
        return HttpResponse("done")

    return page  # type: ignore[return-value]


def test_the_share_is_told_to_whoever_began_the_work_and_to_nobody_else() -> None:
    told: list[tuple[bytes, bytes]] = []
    page = work(lambda _: told.append((share_told_to(1), share_told_to(2))))
    assert page(request(1, "POST")).content == b"done"
    assert [own for own, _ in told] == [f'{{"share": {done / 4}}}'.encode() for done in range(4)]
    assert {other for _, other in told} == {b'{"share": null}'}
    assert share_told_to(1) == b'{"share": null}', "what is over is not at work"


def test_work_is_stopped_by_whoever_began_it_before_its_next_step() -> None:
    steps: list[int] = []

    def step(done: int) -> None:
        steps.append(done)
        if done == 1:
            waiting.how_far(request(1, "POST"), NUMBER)

    with pytest.raises(progress.Stopped):
        work(step)(request(1, "POST"))
    assert steps == [0, 1]


def test_another_reader_stops_nothing() -> None:
    def step(done: int) -> None:
        waiting.how_far(request(2, "POST"), NUMBER)

    assert work(step)(request(1, "POST")).content == b"done"


@pytest.mark.parametrize("number", ["", "no number", "\0"])
def test_a_request_without_a_number_of_its_own_is_done_as_ever(number: str) -> None:
    assert work(lambda _: None)(request(1, "POST", number)).content == b"done"
