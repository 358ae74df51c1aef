"""七: points, indicators and scores, against the plainest way of working them out, line by line."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.policy.load import house, parse
from svcq.rules import scoring
from svcq.rules.evidence import Breach, lines
from svcq.rules.scoring import CLOSING, Cost, Count, Figures, Marking, Tally

RULES = ("contract.return", CLOSING, "issue.urge", "upgrade.report", "handover.notice")
PEOPLE = ("陈立", "李伟", "周静")
DAY = date(2026, 7, 1)

costs = st.builds(
    Cost, st.integers(0, 100), st.integers(0, 1000), st.sampled_from(("quarter", "quarter", "year", "none"))
)
weights = st.fixed_dictionaries({key: st.integers(0, 100) for key in scoring.INDICATORS})
markings = st.builds(
    Marking,
    st.just("test"),
    st.fixed_dictionaries(dict.fromkeys(RULES, costs)),
    weights,
    st.just(((90, "A"), (75, "B"), (60, "C"))),
)
breaches = st.builds(
    Breach,
    person=st.sampled_from(PEOPLE),
    team=st.none(),
    region=st.none(),
    rule=st.sampled_from(RULES),
    clause=st.just("二.1"),
    process=st.just("contract"),
    number=st.sampled_from(("HT-1", "HT-2", "HT-10")),
    customer=st.just("江州市中心医院"),
    starts_on=st.integers(0, 30).map(lambda n: DAY + timedelta(days=n)),
    due_on=st.integers(0, 91).map(lambda n: DAY + timedelta(days=n)),
    met_on=st.none(),
    days_late=st.just(3),
    waived=st.booleans(),
    reason=st.none(),
)
owed = st.lists(st.tuples(breaches, st.integers(0, 3)), max_size=40)
marks = st.lists(st.integers(1, 5), max_size=10)


def tally_of(found, answers=()):
    """What a person has: the breaches, and with each some obligations of its rule that were met in time."""
    counts = defaultdict(Count)
    for breach, met in found:
        counts[breach.rule] += Count(1 + met, 1, int(breach.waived))
    return Tally(dict(counts), sum(answers), len(answers))


def figures_of(found, answers, marking):
    return scoring.figures(tally_of(found, answers), marking)


@given(owed, markings)
def test_the_points_of_the_lines_add_up_to_everybodys_compliance(found, marking):
    told = lines([breach for breach, _ in found if marking.costs[breach.rule].counts == "quarter"], marking)
    for person in PEOPLE:
        mine = [(breach, met) for breach, met in found if breach.person == person]
        figures = figures_of(mine, (), marking)
        counted = [line for line in told if line.person == person]
        assert sum(line.counted for line in counted) == figures.points
        assert len(counted) == figures.breaches
        assert sum(line.waived for line in counted) == figures.waived
        fell_due = any(marking.costs[breach.rule].counts == "quarter" for breach, _ in mine)
        assert figures.compliance == (max(0, 100 - figures.points) if fell_due else None)


@given(owed, marks, markings)
def test_the_three_indicators_rebuild_the_score(found, answers, marking):
    figures = figures_of(found, answers, marking)
    there = [
        (marking.weights[key], value)
        for key in scoring.INDICATORS
        if (value := getattr(figures, key)) is not None
    ]
    if sum(weight for weight, _ in there) == 0:
        assert figures.score is None
        assert figures.grade is None
    else:
        assert figures.score is not None
        assert figures.score * sum(weight for weight, _ in there) == sum(w * value for w, value in there)
        assert 0 <= figures.score <= 100


@given(owed, marks, markings, st.data())
def test_waiving_a_breach_never_lowers_a_score(found, answers, marking, data):
    open_ones = [i for i, (breach, _) in enumerate(found) if not breach.waived]
    if not open_ones:
        return
    before = figures_of(found, answers, marking)
    place = data.draw(st.sampled_from(open_ones))
    breach, met = found[place]
    after = figures_of(
        [*found[:place], (replace(breach, waived=True), met), *found[place + 1 :]], answers, marking
    )
    assert after.points <= before.points
    assert after.breaches == before.breaches
    for key in ("compliance", "satisfaction"):
        assert (getattr(after, key) is None) == (getattr(before, key) is None)
    if after.score is not None:  # waived away can be a whole indicator, and with it all that there was
        assert after.score >= (before.score or 0)


@given(owed, markings, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(found, marking, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert figures_of(mixed, (), marking) == figures_of(found, (), marking)
    key = lambda line: (line.person, line.due_on, line.rule, line.number, line.starts_on)  # noqa: E731
    told = lines([breach for breach, _ in found], marking)
    assert sorted(map(key, told)) == [key(line) for line in told]
    again = lines([breach for breach, _ in mixed], marking)
    assert sum(line.counted for line in again) == sum(line.counted for line in told)


@given(owed, markings)
def test_a_line_counts_what_is_left_of_the_most_that_its_rule_costs(found, marking):
    used = defaultdict(int)
    for line in lines([breach for breach, _ in found], marking):
        cost = marking.costs[line.rule]
        assert line.points == cost.points
        expected = 0 if line.waived else min(cost.points, cost.most - used[line.person, line.rule])
        assert line.counted == expected
        used[line.person, line.rule] += line.counted


MARKING = Marking.of(house())


def test_the_house_scores_as_the_process_says():
    assert MARKING.costs["contract.return"] == Cost(5, 20, "quarter")
    assert MARKING.costs["upgrade.report"] == Cost(5, 20, "year")
    assert MARKING.weights == {"compliance": 60, "satisfaction": 25, "resolution": 15}
    assert "upgrade.report" in MARKING.rules("year")
    assert "upgrade.report" not in MARKING.rules("quarter")


def test_a_rule_may_have_points_of_its_own():
    text = "[rules.contract.return]\npoints = 8\npoints_most = 12\n[rules.issue.urge]\nscore = 'none'\n"
    marking = Marking.of(parse(text, name="own"))
    assert marking.costs["contract.return"] == Cost(8, 12, "quarter")
    assert marking.costs["issue.urge"].counts == "none"
    assert scoring.cost("contract.return", Count(9, 2), marking) == 12


def test_without_data_there_is_nothing_neither_0_nor_100():
    assert scoring.figures(Tally(), MARKING) == Figures()
    only_year = Tally({"upgrade.report": Count(3, 1, 0, 500)})
    assert scoring.figures(only_year, MARKING) == Figures(fines_fen=500)


def test_a_quarter_worked_out_by_hand():
    tally = Tally({"contract.return": Count(7, 6, 1), CLOSING: Count(9, 2, 1)}, marks=17, answers=4)
    figures = scoring.figures(tally, MARKING)
    # five breaches of contract.return cost 20 at most, one of issue.close 5; (4.25 − 1) × 25; 7 of 8 in time
    assert figures.points == 25
    assert figures.compliance == 75
    assert figures.satisfaction == Fraction(8125, 100)
    assert figures.resolution == Fraction(875, 10)
    assert figures.score == (60 * 75 + 25 * Fraction(8125, 100) + 15 * Fraction(875, 10)) / 100
    assert (figures.breaches, figures.waived, figures.grade) == (8, 2, "B")


def test_an_indicator_without_data_gives_its_weight_to_the_others():
    figures = scoring.figures(Tally({"issue.urge": Count(2, 1)}, marks=20, answers=4), MARKING)
    assert figures.resolution is None
    assert figures.score == Fraction(60 * 95 + 25 * 100, 85)


def test_points_never_make_a_score_negative():
    tally = Tally({rule: Count(50, 50) for rule in MARKING.rules("quarter") if rule != CLOSING})
    assert scoring.figures(tally, MARKING).compliance == 0


def test_a_year_is_the_mean_of_its_quarters_less_its_own_deductions():
    quarters = [Figures(score=Fraction(90)), Figures(), Figures(score=Fraction(85))]
    own = Tally({"upgrade.report": Count(3, 2, 1), "contract.return": Count(4, 4, 0, 40000)})
    figures = scoring.year(quarters, own, MARKING)
    assert figures.score == Fraction(175, 2) - 5
    assert (figures.points, figures.breaches, figures.waived, figures.fines_fen) == (5, 2, 1, 40000)
    assert figures.grade == "B"
    low = scoring.year([Figures(score=Fraction(3))], Tally({"upgrade.report": Count(9, 9)}), MARKING)
    assert (low.score, low.grade) == (0, "D")
    assert scoring.year([Figures()], own, MARKING).score is None


def test_a_team_is_the_mean_of_its_people_that_have_a_score():
    people = [Figures(Fraction(100), points=0), Figures(Fraction(80), points=20, breaches=4), Figures()]
    figures = scoring.mean(people, MARKING)
    assert (figures.score, figures.points, figures.breaches, figures.people) == (90, 20, 4, 3)
    assert figures.grade == "A"


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        (Fraction(89995, 1000), Fraction(90)),
        (Fraction(1, 3), Fraction(33, 100)),
        (Fraction(1, 8), Fraction(13, 100)),
    ],
)
def test_figures_are_rounded_half_up(exact, printed):
    assert scoring.rounded(exact) == printed


def test_the_grade_is_that_of_the_printed_score():
    assert MARKING.grade(Fraction(89995, 1000)) == "A"
    assert MARKING.grade(Fraction(899949, 10000)) == "B"
    assert [MARKING.grade(Fraction(n)) for n in (75, 60, 59)] == ["B", "C", "D"]
    assert MARKING.grade(None) is None


def test_tallies_add_up_in_any_order():
    chance = random.Random(5)
    parts = [
        Tally({chance.choice(RULES): Count(chance.randrange(5), 1, 0, 100)}, chance.randrange(9), 2)
        for _ in range(20)
    ]
    whole = sum(parts, Tally())
    assert whole == sum(reversed(parts), Tally())
    assert (whole.answers, sum(count.breached for count in whole.counts.values())) == (40, 20)
