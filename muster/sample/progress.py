"""How a long piece of work says what it does and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

Tell = Callable[[str], None]
Progress = Callable[[str], AbstractContextManager[Tell]]
