"""S City's recorded wave in the real feed; for `site.prepare("tests.journeys.situation_data:load")`."""

from __future__ import annotations


def load() -> None:
    """The small city if nobody has loaded it, then every bulletin of the wave with its signals."""
    from muster.sample.city import city_missing
    from muster.sample.story import curve_missing, curve_play
    from tests.journeys import small_city

    if city_missing():
        small_city.load()
    if curve_missing():
        curve_play(lambda _day: None)
