"""The parts of the script, each by itself: chance, the split of counts, stock, who is needed where."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from muster.engines.assumptions import Supplies
from muster.engines.plan import PeopleDemand, SupplyDemand
from muster.engines.plan.events import TimePassed
from muster.preparedness.logistics.queries import LotBalance, Term
from muster.response.operations.replay.agenda import Agenda
from muster.response.operations.replay.chance import Chance
from muster.response.operations.replay.charts import nice
from muster.response.operations.replay.epidemic import from_counts
from muster.response.operations.replay.force import Force
from muster.response.operations.replay.needed import Bureau, SuppliesNeeded, people_needed, supplies_needed
from muster.response.operations.replay.rules import RULES
from muster.response.operations.replay.stock import Stock

DAY = date(2020, 1, 20)
BUREAU = Bureau(
    root="PSB",
    by_kind={"station": ("S1", "S2"), "sub_bureau": ("B1",)},
    of_place={"CP-1": "S2"},
    store_of={"S1": "STORE-B1", "S2": "STORE-B1", "B1": "STORE-B1", "PSB": "CENTRAL"},
    central="CENTRAL",
)


def lots(*rows: tuple[str, str, int, date | None]) -> list[LotBalance]:
    return [LotBalance(store, item, "L", expires, quantity, False) for store, item, quantity, expires in rows]


def stock_of(rows: list[LotBalance], terms: list[Term] | None = None, reserve: dict[str, int] | None = None) -> Stock:
    return Stock(rows, terms or [], "CENTRAL", reserve or {}, Supplies())


def wanted(**quantities: float) -> SuppliesNeeded:
    """kn95 at B1 and at the central store."""
    stores = {"b1": "STORE-B1", "central": "CENTRAL"}
    keys = {(stores[name], "kn95"): quantity for name, quantity in quantities.items()}
    return SuppliesNeeded(keys, {("K01", "CP-1"): frozenset(keys)})


@given(st.integers(0, 2**40), st.text(), st.text())
def test_chance_is_the_same_for_the_same_words(seed: int, one: str, other: str) -> None:
    chance = Chance(seed)
    assert 0 <= chance.share(one, other) < 1
    assert chance.share(one, other) == Chance(seed).share(one, other)
    assert chance.count(2.5, one) in (2, 3)
    assert chance.one_of([one, other], "x") in (one, other)


@given(st.lists(st.integers(0, 3_000), min_size=1, max_size=40), st.integers(0, 100))
def test_the_districts_add_up_to_the_city_on_each_day(counts: list[int], seed: int) -> None:
    days = from_counts(DAY, counts, "CITY", {"A": 500_000, "B": 100_000, "C": 900_000}, Chance(seed))
    assert [day.new for day in days] == counts
    assert all(part >= 0 for day in days for part in day.cases.values())
    assert all(row.value == day.new for day in days for row in day.counts if row.area == "CITY")


def test_what_expires_first_is_used_first_and_what_expired_is_gone() -> None:
    soon, later = DAY + timedelta(days=1), DAY + timedelta(days=90)
    stock = stock_of(lots(("STORE-B1", "kn95", 10, later), ("STORE-B1", "kn95", 10, soon)))
    books, _ratios = stock.day(DAY, wanted(b1=4))
    assert [(book.used, book.expired, book.closing) for book in books] == [(4, 0, 16)]
    books, _ratios = stock.day(DAY + timedelta(days=2), wanted(b1=4))
    assert [(book.used, book.expired, book.closing) for book in books] == [(4, 6, 6)]


def test_the_central_store_fills_the_others_for_three_days() -> None:
    stock = stock_of(lots(("CENTRAL", "kn95", 100, None)))
    books = {book.store: book for book in stock.day(DAY, wanted(b1=10))[0]}
    assert books["STORE-B1"].moved == 30
    assert books["CENTRAL"].moved == -30
    assert books["STORE-B1"].closing == 20


def test_what_the_central_store_needs_itself_it_does_not_give() -> None:
    stock = stock_of(lots(("CENTRAL", "kn95", 100, None)))
    books = {book.store: book for book in stock.day(DAY, wanted(b1=50, central=80))[0]}
    assert (books["CENTRAL"].used, books["STORE-B1"].moved) == (80, 20)
    assert books["STORE-B1"].is_short


def test_a_shortage_is_shared_by_clause_and_place() -> None:
    stock = stock_of(lots(("STORE-B1", "kn95", 5, None)))
    _books, ratios = stock.day(DAY, wanted(b1=20))
    assert ratios == {("K01", "CP-1"): 0.25}


def test_what_falls_below_the_reserve_is_ordered_and_comes_after_its_time() -> None:
    stock = stock_of(lots(("CENTRAL", "kn95", 10, None)), [Term("S1", "kn95", 2, 15)], {"kn95": 5})
    delivered = []
    for number in range(4):
        books = {book.store: book for book in stock.day(DAY + timedelta(days=number), wanted(central=10))[0]}
        delivered.append(books["CENTRAL"].delivered)
    assert delivered == [0, 0, 15, 15]


@given(
    st.lists(st.integers(0, 400), min_size=3, max_size=3),
    st.lists(st.integers(0, 120), min_size=1, max_size=8),
)
def test_the_books_of_every_day_add_up_and_nothing_is_below_zero(held: list[int], needs: list[int]) -> None:
    rows = lots(("CENTRAL", "kn95", held[0], None), ("STORE-B1", "kn95", held[1], DAY + timedelta(days=3)))
    stock = stock_of(rows, [Term("S1", "kn95", 1, held[2])], {"kn95": 3})
    for number, need in enumerate(needs):
        for book in stock.day(DAY + timedelta(days=number), wanted(b1=need, central=need // 2))[0]:
            assert book.closing == book.opening + book.delivered + book.moved - book.used - book.expired
            assert min(book.opening, book.used, book.closing) >= 0
            assert book.used <= book.needed


def test_needs_fall_on_the_unit_of_their_source() -> None:
    needs = [
        PeopleDemand("A", "", "patrol", 2, 3, "each:station"),
        PeopleDemand("B", "CP-1", "checkpoint", 4, 3, "place"),
        PeopleDemand("C", "", "patrol", 5, 1, "unit:S1"),
        PeopleDemand("D", "", "verification", 60, 1, "force"),
    ]
    found = people_needed(needs, BUREAU)
    assert {(demand.units, demand.qualification): demand.people for demand in found.demands} == {
        (("S1",), "patrol"): 11,
        (("S2",), "patrol"): 6,
        (("S2",), "checkpoint"): 12,
        ((), "verification"): 60,
    }


def test_supplies_fall_on_the_store_of_the_unit() -> None:
    needs = [
        SupplyDemand("A", "", "kn95", 2.5, "each:station"),
        SupplyDemand("B", "CP-1", "kn95", 1.0),
        SupplyDemand("C", "", "kn95", 7.0, "force"),
        SupplyDemand("D", "", "kn95", 1.0, "unit:PSB"),
    ]
    assert supplies_needed(needs, BUREAU).quantities == {("STORE-B1", "kn95"): 6.0, ("CENTRAL", "kn95"): 8.0}


def test_over_the_days_each_group_gives_its_exact_share() -> None:
    """33% of 7 people is 2.31 a day: no day has more than 3, and 100 days have 231, give or take one."""
    force = Force({"S1": {frozenset({"patrol"}): 7}}, RULES.strength, Chance(1))
    needed = people_needed([PeopleDemand("A", "", "patrol", 7, 1, "unit:S1")], BUREAU)
    days = [force.staff(needed, 4, 0.0, "PSB").filled for _ in range(100)]
    assert set(days) == {2, 3}
    assert abs(sum(days) - 231) <= 1


def test_who_is_short_of_people_is_the_unit_that_owes_them() -> None:
    force = Force({"S1": {frozenset({"patrol"}): 4}}, RULES.strength, Chance(1))
    needed = people_needed(
        [PeopleDemand("A", "", "patrol", 9, 1, "unit:S1"), PeopleDemand("B", "", "escort", 1, 1, "force")], BUREAU
    )
    staffed = force.staff(needed, 1, 0.0, "PSB")
    assert {(row.unit, row.qualification) for row in staffed.short} == {("S1", "patrol"), ("PSB", "escort")}
    assert staffed.ratios["B", ""] == 0
    assert 0 < staffed.ratios["A", ""] < 1


def test_what_is_due_first_comes_first_and_no_batch_reaches_past_its_end() -> None:
    base = datetime(2020, 1, 20, tzinfo=UTC)
    agenda = Agenda()
    agenda.put(TimePassed(base + timedelta(minutes=minute)) for minute in (9, 1, 4, 7))
    first = agenda.batch(base + timedelta(minutes=8), timedelta(minutes=5))
    assert [event.at.minute for event in first] == [1, 4]
    assert [event.at.minute for event in agenda.batch(base + timedelta(minutes=8), timedelta(minutes=5))] == [7]
    assert agenda.batch(base + timedelta(minutes=8), timedelta(minutes=5)) == []


@given(st.floats(0, 1e7))
def test_an_axis_ends_at_a_round_number_above(value: float) -> None:
    top = nice(value)
    assert top >= value
    assert f"{top:.0e}"[0] in "125"
