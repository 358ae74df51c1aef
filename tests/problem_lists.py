"""Two lists of one hospital's problems, ours and theirs, of which it is known what belongs together."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from svcq.rules.pairing import Pair, Text, pair

DATA = Path(__file__).parent / "rules" / "data"
LEAST, CERTAIN, MARGIN = 30, 85, 8


def written(*sets: str) -> list[tuple[str, str]]:
    """Problems that two people wrote in their own words; the sets are tuning, held-out and hard."""
    return [(row["ours"], row["theirs"]) for row in _rows("problems.tsv") if row["set"] in sets]


def alone(*sets: str) -> list[str]:
    """Problems near those but other ones, for one side only; the sets are plain and hard."""
    return [row["text"] for row in _rows("problems_alone.tsv") if row["set"] in sets]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


PLACES = [
    ("门诊挂号窗口", "一楼挂号那边"),
    ("门诊收费窗口", "门诊缴费口"),
    ("急诊收费", "急诊那个收费点"),
    ("住院登记处", "入院办理窗口"),
    ("出院结算处", "出院结账那里"),
    ("内科护士站", "内科病房护士电脑"),
    ("外科护士站", "外科病房护士电脑"),
    ("儿科医生站", "儿科大夫那"),
    ("妇产科医生站", "妇产科大夫那"),
    ("中药房", "中药房抓药的"),
    ("药库", "管药库的"),
    ("检验科", "化验室"),
    ("超声科", "B超室"),
    ("手术室", "手术间"),
    ("病案室", "病案科"),
    ("财务科", "财务上"),
]
THINGS = [
    ("住院发票", "发票"),
    ("日清单", "每天的费用清单"),
    ("体温单", "测体温那张单"),
    ("检验条码", "抽血的条码"),
    ("腕带", "手环"),
    ("处方", "方子"),
    ("出院记录", "出院小结"),
    ("申请单", "检查单子"),
    ("退费单", "退钱的单子"),
    ("交班报表", "交班的表"),
    ("入库单", "进货单"),
]
FAULTS = [
    ("打印不出来", "打半天没出来"),
    ("打印内容缺失", "打出来少东西"),
    ("字体太小", "字太小看不清"),
    ("查询结果为空", "查出来啥也没有"),
    ("保存后丢失", "存了又没了"),
    ("金额不正确", "钱不对"),
    ("重复出现", "出来两个一样的"),
    ("打开速度慢", "点开要等好久"),
    ("提示无权限", "说我没权限"),
    ("无法作废", "作废不掉"),
    ("日期显示错误", "日期不对"),
]
SAID = ("{place}{thing}{fault}，帮忙看看", "{thing}{fault}，{place}说的", "{place}：{thing}{fault}")


def told(seed: int, count: int, more: int) -> tuple[list[tuple[str, str]], list[str]]:
    """`count` problems as an engineer and as a nurse tell them, each with their own words throughout, and more.

    The others of the same places, things and faults are worded by either.
    """
    chance = random.Random(seed)
    problems = chance.sample(list(product(PLACES, THINGS, FAULTS)), count + more)

    def nurse(of: tuple[tuple[str, str], ...]) -> str:
        place, thing, fault = (words[1] for words in of)
        return chance.choice(SAID).format(place=place, thing=thing, fault=fault)

    def engineer(of: tuple[tuple[str, str], ...]) -> str:
        return "".join(words[0] for words in of)

    both = [(engineer(of), nurse(of)) for of in problems[:count]]
    return both, [chance.choice((nurse, engineer))(of) for of in problems[count:]]


@dataclass(frozen=True, slots=True)
class Lists:
    """Two lists, and of each of ours the place of its partner in theirs."""

    ours: list[Text]
    theirs: list[Text]
    partner: dict[int, int]


def lists(seed: int, both: Sequence[tuple[str, str]], others: Sequence[str]) -> Lists:
    """Two lists in any order; who worded a problem is on either side, the others are on one."""
    chance = random.Random(seed)
    ours: list[tuple[int | None, str]] = []
    theirs: list[tuple[int | None, str]] = []
    for at, wordings in enumerate(both):
        one, other = chance.sample(wordings, 2)
        ours.append((at, one))
        theirs.append((at, other))
    for text in others:
        chance.choice((ours, theirs)).append((None, text))
    chance.shuffle(ours)
    chance.shuffle(theirs)
    places = {at: place for place, (at, _) in enumerate(theirs) if at is not None}
    return Lists(
        [Text(text) for _, text in ours],
        [Text(text) for _, text in theirs],
        {place: places[at] for place, (at, _) in enumerate(ours) if at is not None},
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Shares of the problems that stand in both lists, and the wrong pairs that were called certain."""

    right: float
    certain: float
    wrong_but_certain: list[tuple[str, str]]


def paired(of: Lists) -> list[Pair]:
    """The lists paired with the thresholds of the house."""
    return pair(of.ours, of.theirs, least=LEAST, certain=CERTAIN, margin=MARGIN)


def verdict(of: Lists) -> Verdict:
    """How well they are paired."""
    pairs = [one for one in paired(of) if one.ours is not None and one.theirs is not None]
    right = [one for one in pairs if one.ours is not None and of.partner.get(one.ours) == one.theirs]
    wrong = [
        (of.ours[one.ours].text, of.theirs[one.theirs].text)
        for one in pairs
        if one.certain and one.ours is not None and one.theirs is not None and one not in right
    ]
    count = len(of.partner)
    return Verdict(len(right) / count, sum(one.certain for one in right) / count, wrong)
