"""三: each of the twelve norms of a request to development, failing and met, alone and all at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svcq.rules.issue_norms import Norm
from svcq.rules.issue_request import Attachment, Plan, Request
from tests.rules.requests import (
    AGREED,
    BASE,
    CUSTOMER,
    DATED,
    FAULTS,
    LEAST,
    MANAGERS,
    NEW,
    ON,
    PLAN,
    SECOND,
    SEVERAL,
    norms,
    there,
    variants,
    without,
)

DAY = timedelta(days=1)
PERFECT = variants()


def told(found: list[Norm]) -> list[str]:
    """The norms as lines, `3 library: is missing`."""
    return [f"{norm.number} {norm.field}: {norm.why}" for norm in found]


def said(**changes: Any) -> list[str]:
    """What fails of the plain need with these changes."""
    return told(norms(replace(BASE, **changes)))


def test_a_perfect_request_of_every_variant_passes() -> None:
    assert len(PERFECT) == 1088
    assert [request for request in PERFECT if norms(request)] == []


# ---- 1 ----


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (PLAN, []),
        (Plan("P", active=True), []),
        (Plan("P", active=True, completion_on=ON, release_on=ON), []),
        (None, ["1 plan: WH-2026-07 is not known: `svcq issue plan add` enters it"]),
        (Plan("P", active=False), ["1 plan: P is not active"]),
        (Plan("P", active=True, completion_on=ON - DAY), ["1 plan: P was to be complete on 2026-11-22"]),
        (Plan("P", active=True, release_on=ON - DAY), ["1 plan: P was to be released on 2026-11-22"]),
        (
            Plan("P", active=False, completion_on=ON - DAY, release_on=date(2020, 1, 1)),
            [
                "1 plan: P is not active",
                "1 plan: P was to be complete on 2026-11-22",
                "1 plan: P was to be released on 2020-01-01",
            ],
        ),
    ],
)
def test_a_plan_is_known_active_and_not_past(plan: Plan | None, expected: list[str]) -> None:
    assert told(norms(BASE, plan=plan)) == expected


def test_a_request_without_a_plan_is_told_so_once() -> None:
    assert told(norms(replace(BASE, plan=""), plan=None)) == ["1 plan: is missing"]


# ---- 2 ----

BEGIN = f"2 title: it does not begin with the hospital's name: {CUSTOMER}"
BLANK = f"2 title: a blank is missing behind the hospital's name: {CUSTOMER}"
ABOUT = "2 title: it does not say what it is about, behind the hospital's name and a blank"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (f"{CUSTOMER} 退费报错", []),
        (f"{CUSTOMER}\u3000退费报错", []),
        (f"{CUSTOMER}  退费报错", []),
        ("岚汀市 第一人民医院 退费报错", []),
        ("", ["2 title: is missing"]),
        ("——", ["2 title: is missing"]),
        ("退费报错", [BEGIN]),
        ("市一院 退费报错", [BEGIN]),
        (f"【急】{CUSTOMER} 退费报错", [BEGIN]),
        (f"{CUSTOMER}退费报错", [BLANK]),
        (f"{CUSTOMER}-退费报错", [BLANK]),
        (f"{CUSTOMER}：退费报错", [BLANK]),
        (f"{CUSTOMER}\u200b退费报错", [BLANK]),
        (f"{CUSTOMER}东院 退费报错", [BLANK]),
        (CUSTOMER, [ABOUT]),
        (f"{CUSTOMER} ", [ABOUT]),
        (f"{CUSTOMER} ……？", [ABOUT]),
    ],
)
def test_a_title_is_the_hospital_a_blank_and_what_it_is_about(title: str, expected: list[str]) -> None:
    assert said(title=title) == expected


@pytest.mark.parametrize(
    ("customer", "title"),
    [
        ("St. Mary Hospital", "St. Mary Hospital refund fails"),
        ("St. Mary Hospital", "st. mary hospital　refund fails"),
        ("城东（分院）医院", "城东(分院)医院 退费报错"),
        ("Ａ区医院", "A区医院 退费报错"),
    ],
)
def test_width_case_and_blanks_of_a_hospitals_name_do_not_matter(customer: str, title: str) -> None:
    assert norms(replace(BASE, title=title), customer=customer) == []


# ---- 3 ----


@pytest.mark.parametrize("key", ["system", "module", "library", "entry_point", "description"])
@pytest.mark.parametrize("nothing", ["", " ", "-", "。。。", "？", "\u3000"])
def test_a_request_says_where_it_belongs_and_what_it_wants(key: str, nothing: str) -> None:
    assert said(**{key: nothing}) == [f"3 {key}: is missing"]


@pytest.mark.parametrize("edition", ["", "both"])
def test_a_request_says_which_edition_the_hospital_has(edition: str) -> None:
    assert said(edition=edition) == ["3 edition: say one of single, common"]


TITLE = f"{CUSTOMER} 退费报错"
AGAIN = "3 description: it only says the title again"


def short(count: int) -> str:
    return f"3 description: too short to act on: {count} of at least 20 letters, digits or Chinese characters"


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("一" * LEAST, []),
        ("一" * (LEAST - 1), [short(19)]),
        ("一" * (LEAST - 1) + "。！ \n…" * 9, [short(19)]),
        ("报错", [short(2)]),
        ("退费报错", [AGAIN]),
        (TITLE, [AGAIN]),
        (f"{CUSTOMER}，退费报错！\n{CUSTOMER}：退费报错。退费报错", [AGAIN]),
        (f"{TITLE}，请尽快处理，谢谢", [short(7)]),
        (f"{TITLE}：" + "一" * LEAST, []),
        ("点退费以后程序没有反应，再点一次就退费报错，错误号三〇二", []),
    ],
)
def test_a_description_says_enough_beyond_the_title(description: str, expected: list[str]) -> None:
    assert said(title=TITLE, description=description) == expected


def test_how_much_a_description_says_at_least_is_the_policys() -> None:
    request = replace(BASE, description="一" * 30)
    assert norms(request, least_description=30) == []
    assert [norm.number for norm in norms(request, least_description=31)] == [3]


# ---- 4 ----


def test_whether_it_is_a_new_module_is_said() -> None:
    assert said(new_module=None) == ["4 new_module: say true or false"]


def test_a_new_module_is_described_as_the_hospital_confirmed_it() -> None:
    assert said(**SECOND) == []
    assert said(new_module=True) == [
        "4 screens: is missing",
        "4 format: is missing",
        "4 functions: is missing",
        "4 steps: is missing",
        "4 confirmed_with: is missing",
        "4 confirmed_on: is missing",
    ]


def test_the_edition_of_a_new_module_is_asked_for_by_both_norms() -> None:
    assert said(**SECOND, edition="") == [
        "3 edition: say one of single, common",
        "4 edition: say one of single, common",
    ]


def test_a_hospital_cannot_have_confirmed_anything_tomorrow() -> None:
    assert said(**{**SECOND, "confirmed_on": ON + DAY}) == [
        "4 confirmed_on: 2026-11-24 is in the future: today is 2026-11-23"
    ]


# ---- 5 ----


@pytest.mark.parametrize("kind", ["", "wish"])
def test_whether_it_is_a_fault_or_a_need_is_said(kind: str) -> None:
    assert said(kind=kind) == ["5 kind: say one of fault, need"]


def test_a_fault_of_the_common_edition_comes_with_log_screenshot_and_whether_an_upgrade_caused_it() -> None:
    assert said(kind="fault", **FAULTS["common"]) == []
    assert said(kind="fault", **{**FAULTS["common"], "caused_by_upgrade": True}) == []
    assert said(kind="fault") == [
        "5 error_log: not attached",
        "5 screenshot: not attached",
        "5 caused_by_upgrade: say true or false",
    ]


def test_a_fault_of_a_hospitals_own_edition_comes_with_its_version_and_programs() -> None:
    assert said(kind="fault", edition="single", **FAULTS["single"]) == []
    assert said(kind="fault", edition="single") == [
        "5 current_version: is missing",
        "5 front_end: not attached",
        "5 back_end: not attached",
    ]


def test_a_fault_of_no_edition_is_asked_for_the_edition_first() -> None:
    assert said(kind="fault", edition="") == [
        "3 edition: say one of single, common",
        "5 edition: say one of single, common",
    ]


STATES = [("missing", "x is not there"), ("folder", "x is a folder"), ("empty", "x is empty")]


@pytest.mark.parametrize(("state", "words"), STATES)
@pytest.mark.parametrize(
    ("number", "key"),
    [(5, "error_log"), (5, "screenshot"), (5, "front_end"), (5, "back_end"), (9, "interface_document")],
)
def test_a_file_that_is_named_has_to_be_there_even_if_none_is_needed(
    number: int, key: str, state: Any, words: str
) -> None:
    named = (*there("a"), Attachment("x", state))
    assert said(**{key: named}) == [f"{number} {key}: not attached: {words}"]


# ---- 6 ----


@pytest.mark.parametrize(
    ("set_", "day", "expected"),
    [
        (False, None, []),
        (True, ON, []),
        (True, ON - DAY, []),  # it may be late already: it is the hospital's day all the same
        (None, None, ["6 hospital_set_date: say true or false"]),
        (None, ON, ["6 hospital_set_date: say true or false"]),
        (True, None, ["6 wanted_on: is missing"]),
        (False, ON, ["6 wanted_on: 2026-11-23 stands there, but the hospital set no date"]),
    ],
)
def test_a_date_that_the_hospital_set_is_said(
    set_: bool | None, day: date | None, expected: list[str]
) -> None:
    assert said(hospital_set_date=set_, wanted_on=day) == expected


# ---- 7, 8 ----

INTERFACE = ["7 interface: say one of none, general, insurance"]
MANAGER = "8 ruled_by: 赵敏 is neither a regional nor a division manager"


@pytest.mark.parametrize("kind", ["general", "insurance"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"changes_contract": False}, []),
        ({"changes_contract": None}, ["7 changes_contract: say true or false"]),
        ({"changes_contract": True}, ["7 contract: say one of yes, no, unclear"]),
        ({"changes_contract": True, "contract": "perhaps"}, ["7 contract: say one of yes, no, unclear"]),
        ({"changes_contract": True, "contract": "no"}, []),
        ({"changes_contract": True, "contract": "yes"}, ["7 contract_reference: is missing"]),
        ({"changes_contract": True, "contract": "yes", "contract_reference": "HT-1"}, []),
        (
            {"changes_contract": True, "contract": "unclear"},
            ["8 ruled_by: is missing", "8 ruling: is missing"],
        ),
        (
            {"changes_contract": True, "contract": "unclear", "ruled_by": "赵敏"},
            [MANAGER, "8 ruling: is missing"],
        ),
        ({"changes_contract": True, "contract": "unclear", "ruled_by": "赵敏", "ruling": "在内"}, [MANAGER]),
        ({"changes_contract": True, "contract": "unclear", "ruled_by": "周　岚", "ruling": "在内"}, []),
    ],
)
def test_an_interface_that_changes_a_contract_says_which_or_who_ruled(
    kind: str, changes: dict[str, Any], expected: list[str]
) -> None:
    assert said(interface=kind, new_interface=False, **changes) == expected


@pytest.mark.parametrize("interface", ["", "other"])
def test_whether_it_is_about_an_interface_is_said(interface: str) -> None:
    assert said(interface=interface) == INTERFACE


def test_a_contract_that_is_changed_is_asked_for_whatever_the_interface() -> None:
    assert said(changes_contract=True) == ["7 contract: say one of yes, no, unclear"]
    assert said(interface="", changes_contract=True) == [
        *INTERFACE,
        "7 contract: say one of yes, no, unclear",
    ]


def test_nobody_can_rule_where_no_manager_is_known() -> None:
    request = replace(BASE, contract="unclear", ruled_by="周岚", ruling="在内")
    assert norms(request) == []
    assert [(norm.number, norm.field) for norm in norms(request, managers=())] == [(8, "ruled_by")]


# ---- 9 ----


@pytest.mark.parametrize("kind", ["general", "insurance"])
def test_a_new_interface_has_its_document_attached(kind: str) -> None:
    known = {"interface": kind, "changes_contract": False}
    assert said(**known) == ["9 new_interface: say true or false"]
    assert said(**known, new_interface=False) == []
    assert said(**known, new_interface=True) == ["9 interface_document: not attached"]
    assert said(**known, **NEW[1]) == []


def test_no_interface_cannot_be_a_new_one() -> None:
    assert said(**NEW[1]) == [
        "9 interface: none is said, but there is a new interface: say general or insurance"
    ]


# ---- 10 ----


@pytest.mark.parametrize(
    ("several", "items", "expected"),
    [
        (False, (), []),
        (False, ("一件",), []),
        (True, ("甲", "乙"), []),
        (True, ("增加打印", "增加打印的权限", "重打"), []),
        (None, (), ["10 several: say true or false"]),
        (None, ("甲", "乙"), ["10 several: say true or false"]),
        (True, (), ["10 items: say every need by itself: two at least"]),
        (True, ("甲",), ["10 items: say every need by itself: two at least"]),
        (False, ("甲", "乙"), ["10 several: items are listed, but the request is said to be about one need"]),
        (True, ("甲", "", "——"), ["10 items: item 2 says nothing", "10 items: item 3 says nothing"]),
        (True, ("甲。", "乙", " 甲"), ["10 items: item 3 says item 1 again"]),
    ],
)
def test_several_needs_of_one_program_are_said_one_by_one(
    several: bool | None, items: tuple[str, ...], expected: list[str]
) -> None:
    assert said(several=several, items=items) == expected


# ---- 11 ----


@pytest.mark.parametrize(
    ("module", "modules", "expected"),
    [
        ("门诊收费", (), []),
        ("门诊收费", ("门诊收费",), []),
        ("", ("门诊收费",), []),
        ("收费（挂号、退号）", ("收费(挂号、退号)",), []),
        ("PACS/RIS", (), []),
        ("门诊收费", ("住院收费",), ["11 modules: a request for each of them: 门诊收费, 住院收费"]),
        ("", ("甲", "乙", "甲"), ["11 modules: a request for each of them: 甲, 乙"]),
        ("门诊收费、住院收费", (), ["11 module: a request for each of them: 门诊收费, 住院收费"]),
        ("甲；乙,丙", (), ["11 module: a request for each of them: 甲, 乙, 丙"]),
        ("、", (), ["3 module: is missing"]),
    ],
)
def test_one_function_in_several_modules_is_a_request_for_each(
    module: str, modules: tuple[str, ...], expected: list[str]
) -> None:
    assert said(module=module, modules=modules) == expected


# ---- 12 ----


def test_whether_anything_was_agreed_with_development_is_said() -> None:
    assert said(agreed=None) == ["12 agreed: say true or false"]


def test_what_was_agreed_with_development_is_written_down() -> None:
    assert said(**AGREED) == []
    assert said(agreed=True) == [
        "12 agreement: is missing",
        "12 agreed_on: is missing",
        "12 agreed_with: is missing",
    ]
    assert said(**{**AGREED, "agreed_on": ON + DAY}) == [
        "12 agreed_on: 2026-11-24 is in the future: today is 2026-11-23"
    ]


# ---- all of them ----


def test_a_request_that_says_nothing_fails_every_norm_that_asks_everybody() -> None:
    found = norms(Request(), plan=None)
    assert [(norm.number, norm.field) for norm in found] == [
        (1, "plan"),
        (2, "title"),
        (3, "system"),
        (3, "module"),
        (3, "library"),
        (3, "entry_point"),
        (3, "edition"),
        (3, "description"),
        (4, "new_module"),
        (5, "kind"),
        (6, "hospital_set_date"),
        (7, "interface"),
        (10, "several"),
        (12, "agreed"),
    ]


def test_all_twelve_norms_can_fail_at_once_and_come_in_their_order() -> None:
    request = Request(
        module="甲、乙",
        new_module=True,
        kind="fault",
        edition="common",
        hospital_set_date=True,
        interface="general",
        contract="unclear",
        ruled_by="赵敏",
        new_interface=True,
        several=True,
        items=("", ""),
        agreed=True,
    )
    found = [norm.number for norm in norms(request, plan=None)]
    assert set(found) == set(range(1, 13))
    assert found == sorted(found)


def needed(request: Request) -> dict[str, list[int]]:
    """The keys that this request cannot do without, and the norms that ask for each; written apart from the rules."""
    fault, single, new = request.kind == "fault", request.edition == "single", bool(request.new_module)
    keys = {
        1: ["plan"],
        2: ["title"],
        3: ["system", "module", "library", "entry_point", "edition", "description"],
        4: ["new_module"],
        5: ["kind"],
        6: ["hospital_set_date"],
        7: ["interface"],
        10: ["several"],
        12: ["agreed"],
    }
    if new:
        keys[4] += ["screens", "format", "functions", "steps", "edition", "confirmed_with", "confirmed_on"]
    if fault:
        keys[5] += ["edition"]
        keys[5] += (
            ["current_version", "front_end", "back_end"]
            if single
            else ["error_log", "screenshot", "caused_by_upgrade"]
        )
    if request.hospital_set_date:
        keys[6].append("wanted_on")
    if request.interface != "none":
        keys[7].append("changes_contract")
        keys[9] = ["new_interface"]
        if request.changes_contract:
            keys[7].append("contract")
        if request.contract == "yes":
            keys[7].append("contract_reference")
        if request.contract == "unclear":
            keys[8] = ["ruled_by", "ruling"]
        if request.new_interface:
            keys[9].append("interface_document")
    if request.several:
        keys[10].append("items")
    if request.agreed:
        keys[12] += ["agreement", "agreed_on", "agreed_with"]
    asking: dict[str, list[int]] = {}
    for number in sorted(keys):
        for key in keys[number]:
            asking.setdefault(key, []).append(number)
    return asking


@given(st.sampled_from(PERFECT), st.data())
def test_taking_out_one_needed_key_fails_just_the_norms_that_ask_for_it(
    request: Request, data: st.DataObject
) -> None:
    asking = needed(request)
    key = data.draw(st.sampled_from(sorted(asking)))
    found = norms(without(request, key))
    assert [norm.number for norm in found] == asking[key]
    assert {norm.field for norm in found} == {key}


@given(st.sampled_from(PERFECT), st.data())
def test_taking_out_several_keys_fails_all_their_norms_at_once(request: Request, data: st.DataObject) -> None:
    asking = needed(request)
    # a question that others follow from takes them along
    asking = {
        key: numbers
        for key, numbers in asking.items()
        if key
        not in (
            "new_module", "kind", "edition", "interface", "changes_contract", "contract",
            "new_interface", "hospital_set_date", "several", "agreed",
        )
    }  # fmt: skip
    keys = data.draw(st.sets(st.sampled_from(sorted(asking)), min_size=1))
    for key in keys:
        request = without(request, key)
    found = [(norm.number, norm.field) for norm in norms(request)]
    assert sorted(found) == sorted((number, key) for key in keys for number in asking[key])
    assert [number for number, _ in found] == sorted(number for number, _ in found)


@given(st.sampled_from(PERFECT), st.data())
def test_saying_more_than_is_needed_fails_nothing_new_of_the_texts(
    request: Request, data: st.DataObject
) -> None:
    extra = data.draw(
        st.dictionaries(
            st.sampled_from(
                ["screens", "steps", "current_version", "contract_reference", "ruling", "agreement"]
            ),
            st.text(min_size=1),
        )
    )
    more = {key: text for key, text in extra.items() if not getattr(request, key)}
    assert norms(replace(request, **more)) == []


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_the_texts_are_the_answer_is_a_list_of_norms(title: str, module: str, text: str) -> None:
    found = norms(replace(BASE, title=title, module=module, description=text, ruled_by=text))
    assert {norm.number for norm in found} <= {2, 3, 11}
    assert all(str(norm.why) for norm in found)


def test_managers_may_be_any_collection() -> None:
    request = replace(BASE, contract="unclear", ruled_by="吴敏", ruling="在内")
    for managers in (MANAGERS, list(MANAGERS), set(MANAGERS), dict.fromkeys(MANAGERS)):
        assert norms(request, managers=managers) == []


def test_the_variants_have_one_with_everything() -> None:
    everything = replace(BASE, kind="fault", **FAULTS["common"], **SECOND, **DATED, **SEVERAL, **AGREED)
    assert everything in PERFECT
