"""S City's recorded wave in the real feed; for `site.prepare("tests.journeys.situation_data:load")`."""

from __future__ import annotations


def load() -> None:
    """The small city if nobody has loaded it, then every bulletin of the wave with its signals."""
    from muster.kernel.commands import Actor
    from muster.prevention.situation import services
    from muster.prevention.situation.queries import feeds
    from muster.sample.curve import SOURCE, bulletins, inputs
    from tests.journeys import small_city

    small_city.load()
    if "live" in feeds():
        return
    setup = Actor.system("journeys")
    days = bulletins()
    for area in {row.area for row in days[0].counts}:
        services.surveillance_start_state(by=setup.at(days[0].at), area=area, none_before=days[0].day, source=SOURCE)
    for row in inputs():
        services.inputs_record(by=setup.at(row.valid_from), rows=[row])
    for bulletin in days:
        services.counts_receive(by=setup.at(bulletin.at), rows=bulletin.counts, source=SOURCE)
        services.signals_evaluate(by=setup.at(bulletin.at), day=bulletin.day)
