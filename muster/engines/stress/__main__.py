"""`python -m muster.engines.stress`: compile the kernel at set-up, so that nobody waits for it later."""

from muster.engines.stress.running import warm_up

if __name__ == "__main__":
    warm_up()
