"""四.3-4 What follows an upgrade: the report, and the calls to the hospital."""

from svcq.sheets.kind import Field
from svcq.sheets.kinds.handover_words import dated
from svcq.sheets.kinds.upgrade_words import ANSWERS, ARRANGED, SOLVED, STABLE, again

_CALL = ("回访日期", "回访时间", "电话回访日期", "回访")
_ANSWER = ("回访结果", "回访结论", "客户答复", "是否肯定答复", "是否肯定", "回访答复")
_STABLE = ("是否稳定", "升级是否稳定", "升级后是否稳定", "运行是否稳定", "稳定性")
_SOLVED = ("问题是否解决", "问题是否解决完", "问题是否已解决", "升级后问题是否解决", "是否解决", "是否解决完")
_ARRANGED = ("是否有安排", "是否有明确安排", "未解决问题是否有安排", "遗留问题是否有安排", "安排是否明确")
_INFORM = ("通报日期", "通报时间", "回访通报日期", "结果通报日期", "回访结果通报日期", "邮件通报日期")

AFTER = (
    Field(
        "report_on",
        "报告日期",
        "date",
        (
            *dated(
                "升级报告", "报告提交", "报告递交", "报告归档", "升级报告提交", "升级报告归档", "报告存档"
            ),
            *("报告时间", "升级报告", "report", "report filed"),
        ),
    ),
    Field(
        "mailed_on",
        "邮件报告日期",
        "date",
        (
            *dated(
                "报告邮件", "报告发送", "电子报告", "电子版报告", "报告电子版", "升级报告邮件", "报告邮寄"
            ),
            *("邮件报告时间", "报告邮件发送日期", "report mailed"),
        ),
    ),
    Field(
        "called_on", "回访日期", "date", (*_CALL[1:], *dated("升级回访", "首次回访", "第一次回访"), "called")
    ),
    Field("stable", "是否稳定", "flag", _STABLE[1:], STABLE),
    Field("solved", "问题是否解决", "flag", _SOLVED[1:], SOLVED),
    Field("arranged", "是否有安排", "flag", _ARRANGED[1:], ARRANGED),
    Field("answer", "回访结果", "code", (*_ANSWER[1:], "升级回访结果", "首次回访结果"), ANSWERS),
    Field("informed_on", "通报日期", "date", (*_INFORM[1:], "informed")),
    Field("second_called_on", "二次回访日期", "date", (*again(*_CALL)[1:], "second call")),
    Field("second_stable", "二次是否稳定", "flag", (*again(*_STABLE)[1:], "二次回访是否稳定"), STABLE),
    Field(
        "second_solved", "二次问题是否解决", "flag", (*again(*_SOLVED)[1:], "二次回访问题是否解决"), SOLVED
    ),
    Field(
        "second_arranged", "二次是否有安排", "flag", (*again(*_ARRANGED)[1:], "二次回访是否有安排"), ARRANGED
    ),
    Field("second_answer", "二次回访结果", "code", again(*_ANSWER)[1:], ANSWERS),
    Field("second_informed_on", "二次通报日期", "date", (*again(*_INFORM)[1:], "二次回访通报时间")),
)
