"""三.3 Leave (请假记录): on which days who was away."""

from svcq.sheets.checks import in_order
from svcq.sheets.kind import Field, Kind

KIND = Kind(
    name="leave",
    title="请假记录",
    fields=(
        Field(
            "person",
            "姓名",
            "name",
            ("请假人", "请假人员", "员工", "员工姓名", "人员", "申请人", "name", "staff", "employee"),
            required=True,
            longest=100,
        ),
        Field(
            "from",
            "开始日期",
            "date",
            (
                *("开始时间", "请假开始日期", "请假开始时间", "请假日期", "请假时间", "起始日期", "起始时间"),
                *("起", "自", "from date", "starts on", "start date", "start"),
            ),
            required=True,
        ),
        Field(
            "until",
            "结束日期",
            "date",
            (
                *("结束时间", "请假结束日期", "请假结束时间", "截止日期", "截止时间", "终止日期", "销假日期"),
                *("止", "至", "to", "until date", "ends on", "end date", "end"),
            ),
        ),
        Field(
            "kind",
            "类别",
            "text",
            ("请假类别", "请假类型", "假别", "类型", "假期类型", "请假种类", "leave type", "type"),
            longest=100,
        ),
    ),
    natural_key=("person", "from", "until"),
    checks=(in_order("from", "until"),),
    titles=("请假", "休假", "假期", "leave"),
    needs=(("person", "from"),),
)
