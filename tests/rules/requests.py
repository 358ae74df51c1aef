"""Requests to development that meet all twelve norms, one of every variant, and what each of them needs."""

from dataclasses import fields, replace
from datetime import date
from itertools import product
from typing import Any

from svcq.rules.issue_norms import Norm, failed
from svcq.rules.issue_request import Attachment, Plan, Request

CUSTOMER = "岚汀市第一人民医院"
ON = date(2026, 11, 23)
PLAN = Plan("WH-2026-07", active=True, completion_on=ON, release_on=date(2026, 12, 31))
MANAGERS = ("周岚", "吴 敏")
LEAST = 20


def there(name: str) -> tuple[Attachment, ...]:
    """One file that is there."""
    return (Attachment(name, "there"),)


BASE = Request(
    plan="WH-2026-07",
    title=f"{CUSTOMER} 门诊退费后发票状态不变",
    system="HIS",
    module="门诊收费",
    library="mzsf.dll",
    entry_point="uf_refund",
    edition="common",
    description="门诊退费成功以后，发票在查询界面里仍显示为已收费，要手工刷新两次才变成已退费。",
    new_module=False,
    kind="need",
    hospital_set_date=False,
    interface="none",
    several=False,
    agreed=False,
)
"""A plain need: every question is answered, none of the answers asks for more."""

SECOND: dict[str, Any] = {
    "new_module": True,
    "screens": "左边是病人列表，右边是明细",
    "format": "A5 横向",
    "functions": "登记、审核、作废",
    "steps": "先登记，再由组长审核",
    "confirmed_with": "信息科 郑工",
    "confirmed_on": ON,
}
FAULTS: dict[str, dict[str, Any]] = {
    "common": {
        "error_log": there("error.log"),
        "screenshot": (*there("1.png"), *there("2.png")),
        "caused_by_upgrade": False,
    },
    "single": {"current_version": "5.2", "front_end": there("前台.zip"), "back_end": there("后台.zip")},
}
DATED: dict[str, Any] = {"hospital_set_date": True, "wanted_on": date(2026, 12, 20)}
CONTRACTS: tuple[dict[str, Any], ...] = (
    {"changes_contract": False},
    {"changes_contract": True, "contract": "no"},
    {"changes_contract": True, "contract": "yes", "contract_reference": "HT-2026-031"},
    {"changes_contract": True, "contract": "unclear", "ruled_by": "吴敏", "ruling": "在维护合同范围内"},
)
NEW: tuple[dict[str, Any], ...] = (
    {"new_interface": False},
    {"new_interface": True, "interface_document": there("接口.docx")},
)
INTERFACES: tuple[dict[str, Any], ...] = (
    {},
    *({"interface": kind, **a, **b} for kind, a, b in product(("general", "insurance"), CONTRACTS, NEW)),
)
SEVERAL: dict[str, Any] = {"several": True, "items": ("退费后自动刷新", "退费单可以重打")}
AGREED: dict[str, Any] = {
    "agreed": True,
    "agreement": "先出补丁，再并入下个版本",
    "agreed_on": date(2026, 11, 20),
    "agreed_with": "开发组 冯工",
}


def variants() -> list[Request]:
    """Every combination of the answers."""
    made = []
    for kind, edition, second, dated, interface, several, agreed in product(
        ("need", "fault"),
        ("common", "single"),
        ({}, SECOND),
        ({}, DATED),
        INTERFACES,
        ({}, SEVERAL),
        ({}, AGREED),
    ):
        fault = FAULTS[edition] if kind == "fault" else {}
        said = {
            "kind": kind,
            "edition": edition,
            **fault,
            **second,
            **dated,
            **interface,
            **several,
            **agreed,
        }
        made.append(replace(BASE, **said))
    return made


def without(request: Request, key: str) -> Request:
    """The request with nothing said under the key."""
    blank = {field.name: field.default for field in fields(Request)}
    return replace(request, **{key: blank[key]})


def norms(request: Request, **said: Any) -> list[Norm]:
    """What fails, against a valid plan and known managers unless said."""
    asked: dict[str, Any] = {
        "customer": CUSTOMER,
        "plan": PLAN,
        "on": ON,
        "managers": MANAGERS,
        "least_description": LEAST,
    }
    return failed(request, **{**asked, **said})
