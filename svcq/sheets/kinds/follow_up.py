"""一.1.B How far the projects are that were not eligible: one row per decision or follow-up."""

from svcq.locale import N_
from svcq.sheets.checks import in_order
from svcq.sheets.kind import Field, Kind
from svcq.sheets.kinds.handover_words import DECISIONS, dated

KIND = Kind(
    name="follow_up",
    title="移交跟踪记录",
    fields=(
        Field(
            "handover",
            "移交编号",
            "id",
            (
                *("移交单号", "移交单编号", "移交号", "项目移交编号", "移交申请单号", "移交申请单编号"),
                *("handover no", "handover number", "hand-over no"),
            ),
            required=True,
            longest=100,
        ),
        Field(
            "on",
            "日期",
            "date",
            (*dated("跟踪", "跟进", "回访", "联系", "确认"), "date", "followed on", "done_on"),
            required=True,
        ),
        Field(
            "by",
            "跟踪人",
            "name",
            (
                *("跟踪人员", "跟进人", "跟进人员", "联系人员", "经办人", "确认人", "质控人员"),
                *("who", "by_name"),
            ),
            longest=100,
        ),
        Field(
            "decision",
            "结论",
            "code",
            ("移交结论", "确认结论", "确认结果", "是否可移交", "是否符合移交条件", "是否符合"),
            DECISIONS,
        ),
        Field(
            "expected_on",
            "预计移交日期",
            "date",
            (
                *dated("预计移交", "新预计移交", "预计可移交", "预计符合", "预计满足条件"),
                *("新的预计移交日期", "预计日期", "expected", "expected date"),
            ),
        ),
        Field(
            "note",
            "备注",
            "text",
            (
                *("跟踪情况", "跟进情况", "跟踪内容", "跟进内容", "跟踪记录", "跟进记录", "跟踪结果"),
                *("进展", "进展情况", "情况说明", "说明", "原因", "notes", "remark"),
            ),
        ),
    ),
    natural_key=("handover", "on"),
    checks=(in_order("on", "expected_on", expected_on=N_("the expected day")),),
    titles=("移交跟踪", "移交跟进", "follow-up", "follow_up"),
    needs=(
        ("handover", "on", "by"),
        ("handover", "on", "note"),
        ("handover", "on", "expected_on"),
        ("handover", "on", "decision"),
    ),
)
