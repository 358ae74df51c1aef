"""三.3-4 What was checked at which hospital in a month: work records, leave, and the hospital's own problem list."""

from svcq.sheets.kind import Field, Kind

KIND = Kind(
    name="spot_check",
    title="抽查记录",
    fields=(
        Field("month", "月份", "month", ("抽查月份", "月度", "所属月份", "抽查月"), required=True),
        Field(
            "customer",
            "客户名称",
            "name",
            (
                *("客户", "客户单位", "单位名称", "单位", "医院", "医院名称", "客户全称", "抽查医院"),
                *("customer name", "hospital", "hospital name"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "records_on",
            "记录抽查日期",
            "date",
            ("记录抽查时间", "工作记录抽查日期", "抽查工作记录日期", "工作记录抽查", "记录抽查", "抽查日期"),
        ),
        Field(
            "leave_on",
            "请假抽查日期",
            "date",
            ("请假抽查时间", "请假记录抽查日期", "抽查请假记录日期", "请假记录抽查", "请假抽查"),
        ),
        Field(
            "list_asked_on",
            "索取清单日期",
            "date",
            ("索取清单时间", "索取问题清单日期", "问题清单索取日期", "索取问题清单", "索取清单"),
        ),
        Field(
            "reconciled_on",
            "核对日期",
            "date",
            ("核对时间", "问题核对日期", "清单核对日期", "问题清单核对日期", "reconciled"),
        ),
    ),
    natural_key=("month", "customer"),
    titles=("抽查", "spot check"),
    needs=tuple(
        ("month", "customer", act) for act in ("records_on", "leave_on", "list_asked_on", "reconciled_on")
    ),
)
