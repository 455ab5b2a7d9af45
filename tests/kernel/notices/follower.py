"""A reader of the event stream, over a plain connection."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.journeys.accounts import PASSWORD
from tests.journeys.site import Site


@dataclass
class Event:
    """One event as it came."""

    kind: str
    id: int | None
    data: dict[str, Any]


def log_in(site: Site, login: str) -> str:
    """Logs in through the form and returns the Cookie header of the session."""
    jar = CookieJar()
    opener: OpenerDirector = build_opener(HTTPCookieProcessor(jar))
    page = opener.open(f"{site.url}/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    opener.open(f"{site.url}/login/", urlencode(form).encode()).read()
    assert "sessionid" in {cookie.name for cookie in jar}, f"{login} could not log in"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


@dataclass
class Stream:
    """An open stream; `status` and `headers` of its answer, then its events."""

    site: Site
    topics: tuple[str, ...]
    headers: dict[str, str] = field(default_factory=dict)
    port: int = 0
    timeout: float = 10.0

    def __enter__(self) -> Stream:
        port = self.port or self.site.port + 1
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.timeout)
        query = urlencode([("topic", topic) for topic in self.topics])
        self.connection.request("GET", f"/events/?{query}", headers=self.headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self.connection.close()

    def events(self) -> Iterator[Event]:
        """Events until the server ends the stream."""
        kind, number, data = "message", None, ""
        while line := self.answer.readline():
            text = line.decode().rstrip("\n")
            if not text:
                if data:
                    yield Event(kind, number, json.loads(data))
                kind, number, data = "message", None, ""
                continue
            name, _, value = text.partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                number = int(value)
            elif name == "data":
                data = value

    def next_of(self, kind: str) -> Event:
        """The next event of a kind; fails when none comes in time."""
        return next(event for event in self.events() if event.kind == kind)

    def seconds_until_cut(self) -> float:
        """Reads to the end of the stream and says how long that took."""
        begun = time.monotonic()
        try:
            for _ in self.events():
                pass
        except TimeoutError as still_open:
            raise AssertionError("the stream was not cut") from still_open
        except (OSError, http.client.IncompleteRead, ConnectionResetError):
            pass
        return time.monotonic() - begun
