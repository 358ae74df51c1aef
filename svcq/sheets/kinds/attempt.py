"""六 Tries to reach the hospital of a satisfaction callback that found nobody: one row per try."""

from svcq.sheets.kind import Field, Kind
from svcq.sheets.kinds.handover_words import dated

KIND = Kind(
    name="try",
    title="回访未接通记录",
    fields=(
        Field(
            "callback",
            "回访编号",
            "id",
            ("回访号", "回访单号", "回访记录编号", "满意度回访编号", "callback number", "callback no"),
            required=True,
            longest=400,
        ),
        Field(
            "on",
            "日期",
            "date",
            (*dated("未接通", "联系", "致电", "拨打", "尝试"), "时间", "date", "tried on", "done_on"),
            required=True,
        ),
        Field(
            "by", "拨打人", "name", ("致电人", "联系人员", "回访人", "回访人员", "经办人", "who", "by_name")
        ),
        Field(
            "note", "备注", "text", ("未接通原因", "联系情况", "情况说明", "说明", "原因", "notes", "remark")
        ),
    ),
    natural_key=("callback", "on"),
    titles=("未接通", "回访尝试", "tries"),
    needs=(("callback", "on"),),
)
