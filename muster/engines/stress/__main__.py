"""`python -m muster.engines.stress`: compile the kernel at set-up, so that nobody waits for it later.

At a terminal it counts the seconds: the compiler itself does not say how far it is.
"""

from __future__ import annotations

import sys
import threading
import time

from muster.engines.stress.running import warm_up


def count(done: threading.Event) -> None:
    """Seconds so far, each second, until it is done."""
    begun = time.monotonic()
    while not done.wait(1):
        print(f"\r  {time.monotonic() - begun:.0f} s ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


if __name__ == "__main__":
    over = threading.Event()
    if sys.stderr.isatty():
        threading.Thread(target=count, args=(over,), daemon=True).start()
    warm_up()
    over.set()
