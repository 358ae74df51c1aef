"""A listing and rows as people keep them, for every test of the output floor."""

from datetime import date

import pytest

from svcq.output.shape import Column, Listing


@pytest.fixture
def contracts():
    codes = {"overdue": "逾期", "late": "迟回", "out": "已寄出"}
    return Listing(
        "contract overdue",
        "合同",
        (
            Column("number", "合同编号"),
            Column("customer", "客户名称"),
            Column("project", "项目名称", drop=2),
            Column("salesperson", "销售"),
            Column("amount", "合同金额", "money", drop=3),
            Column("sealed_on", "敲章日期", "date", drop=4),
            Column("return_due_on", "应回签日期", "date"),
            Column("reminded", "已提醒", "flag", drop=1),
            Column("state", "状态", "code", codes=codes),
            Column("days_overdue", "逾期天数", "number"),
            Column("follows", "前合同", aside=True),
        ),
    )


@pytest.fixture
def rows():
    return [
        {
            "number": "HT-2026-001",
            "customer": "上海交通大学医学院附属瑞金医院",
            "project": "住院电子病历系统（二期）",
            "salesperson": "王小明",
            "amount": 1234567.5,
            "sealed_on": date(2026, 8, 3),
            "return_due_on": date(2026, 10, 8),
            "reminded": True,
            "state": "overdue",
            "days_overdue": 46,
            "follows": "HT-2025-007",
        },
        {
            "number": "HT-2026-002",
            "customer": "苏州市立医院",
            "project": "LIS 维护",
            "salesperson": "李雷",
            "amount": 80000,
            "sealed_on": date(2026, 9, 1),
            "return_due_on": None,
            "reminded": False,
            "state": "out",
            "days_overdue": 0,
            "follows": None,
        },
        {
            "number": "HT-2026-003",
            "customer": "昆山市第一人民医院",
            "project": "",
            "salesperson": None,
            "amount": None,
            "sealed_on": "2026-09-02",
            "return_due_on": "2026-11-02",
            "reminded": None,
            "state": "late",
            "days_overdue": 3,
            "follows": None,
        },
    ]
