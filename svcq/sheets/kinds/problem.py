"""三.4 A hospital's own problem list (问题清单): it is held against ours and never becomes part of the store."""

from svcq.errors import RowsRefused, SvcqError
from svcq.sheets.kind import Field, Kind, Values


def worded(values: Values) -> tuple[str, SvcqError] | None:
    """Refuse an entry without words."""
    return None if values.get("title") else ("title", RowsRefused("an entry needs its words"))


KIND = Kind(
    name="problem",
    title="问题清单",
    fields=(
        Field(
            "customer",
            "客户名称",
            "name",
            (
                *("客户", "客户单位", "单位名称", "单位", "医院", "医院名称", "客户全称"),
                *("customer name", "hospital", "hospital name"),
            ),
            longest=200,
        ),
        Field(
            "title",
            "问题描述",
            "text",
            (
                *("问题", "问题标题", "标题", "问题内容", "问题名称", "描述", "内容", "具体问题", "存在问题"),
                *("问题现象", "故障现象", "需求描述", "问题说明", "问题及需求", "事项"),
                *("problem", "description", "problem description", "summary", "subject"),
            ),
            required=True,
            longest=10_000,
        ),
        Field(
            "reported_on",
            "提出日期",
            "date",
            (
                *("提出时间", "问题提出日期", "问题提出时间", "反馈日期", "反馈时间", "报告日期", "登记日期"),
                *("登记时间", "发生日期", "发生时间", "发现日期", "发现时间", "日期", "时间"),
                *("reported", "report date", "date", "opened on"),
            ),
        ),
        Field(
            "status",
            "状态",
            "text",
            (
                *(
                    "问题状态",
                    "当前状态",
                    "解决状态",
                    "处理状态",
                    "是否解决",
                    "是否完成",
                    "解决情况",
                    "处理情况",
                ),
                *("完成情况", "处理结果", "目前状态", "state"),
            ),
            longest=200,
        ),
    ),
    natural_key=("customer", "title", "reported_on"),
    checks=(worded,),
    titles=("问题清单", "医院问题", "problem list"),
    needs=(("title", "status"),),
)
