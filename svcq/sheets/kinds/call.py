"""二.2.C Calls to the hospital about a contract that is not back, one row per call."""

from svcq.sheets.checks import in_order
from svcq.sheets.kind import Field, Kind

KIND = Kind(
    name="call",
    title="致电记录",
    fields=(
        Field(
            "contract",
            "合同编号",
            "id",
            ("合同号", "合同编码", "维护合同号", "number", "contract no", "contract number"),
            required=True,
            longest=100,
        ),
        Field(
            "on",
            "致电日期",
            "date",
            ("致电时间", "致电医院日期", "电话日期", "通话日期", "日期", "date", "called on", "call date"),
            required=True,
        ),
        Field(
            "by",
            "致电人",
            "name",
            ("致电人员", "拨打人", "通话人", "经办人", "called by", "caller"),
            longest=100,
        ),
        Field(
            "promised_on", "承诺日期", "date", ("承诺返回日期", "承诺寄回日期", "医院承诺日期", "promised")
        ),
        Field(
            "note",
            "备注",
            "text",
            ("通话内容", "通话记录", "致电内容", "沟通内容", "说明", "notes", "remark"),
        ),
    ),
    natural_key=("contract", "on"),
    checks=(in_order("on", "promised_on"),),
    titles=("致电", "电话记录", "通话", "calls"),
    needs=(("contract", "on", "by"), ("contract", "on", "note"), ("contract", "on", "promised_on")),
)
