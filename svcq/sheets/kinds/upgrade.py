"""四 Upgrades (attachments 6 and 7): from the application to the calls after it, one row per upgrade."""

from svcq.sheets.kind import REVISION, Field, Kind
from svcq.sheets.kinds.handover_words import dated
from svcq.sheets.kinds.upgrade_after import AFTER

PEOPLE_AND_PLAN = (
    Field(
        "number",
        "升级编号",
        "id",
        (
            *(
                "升级单号",
                "升级单编号",
                "升级号",
                "升级申请单号",
                "升级申请编号",
                "升级申请单编号",
                "升级编码",
            ),
            *("升级任务编号", "升级记录编号", "申请单号", "申请单编号", "单号", "编号"),
            *("upgrade", "upgrade no", "upgrade number", "upgrade id"),
        ),
        longest=100,
    ),
    Field(
        "customer",
        "客户名称",
        "name",
        (
            *("客户", "客户单位", "单位名称", "单位", "医院", "医院名称", "医院全称", "客户全称", "升级医院"),
            *("升级客户", "用户名称", "用户单位", "customer name", "hospital", "hospital name", "client"),
        ),
        required=True,
        longest=200,
    ),
    Field(
        "applied_by",
        "申请人",
        "name",
        (
            *("申请人员", "升级申请人", "申报人", "申请客户经理", "客户经理", "责任客户经理", "大客户经理"),
            *("applicant", "requested by", "account_manager", "account manager"),
        ),
        longest=100,
    ),
    Field(
        "applied_on",
        "申请日期",
        "date",
        (*dated("升级申请", "申请升级", "申请提交", "申报"), "申请时间", "application date", "requested on"),
    ),
    Field(
        "arranged_by",
        "安排人",
        "name",
        (
            *("安排人员", "升级安排人", "安排经理", "安排大区经理", "大区经理", "大区/事业部经理", "审批人"),
            *("批准人", "regional_manager", "regional manager"),
        ),
        longest=100,
    ),
    Field(
        "arranged_on",
        "安排日期",
        "date",
        (*dated("升级安排", "安排升级", "人员安排", "安排人员", "升级人员安排"), "安排时间"),
    ),
    Field(
        "upgrader",
        "升级人员",
        "name",
        ("升级人", "升级工程师", "升级负责人", "升级实施人", "升级员", "负责升级工程师", "upgraded by"),
        longest=100,
    ),
    Field(
        "planned_on",
        "计划升级日期",
        "date",
        (
            *dated("计划升级", "升级计划", "预计升级", "拟升级", "拟定升级", "约定升级"),
            *("计划日期", "计划时间", "planned", "planned date", "scheduled on"),
        ),
    ),
    Field(
        "plan_on",
        "方案提交日期",
        "date",
        (
            *dated("升级方案提交", "升级方案递交", "方案递交", "提交方案", "升级方案", "升级计划提交"),
            *("方案提交时间", "方案日期", "方案时间", "升级方案", "plan", "plan handed in"),
        ),
    ),
    Field(
        "registered_on",
        "登记日期",
        "date",
        (*dated("升级登记", "POIS登记", "方案登记", "升级方案登记"), "登记时间", "registered"),
    ),
    Field(
        "discussed_on",
        "沟通日期",
        "date",
        (*dated("客户沟通", "与客户沟通", "方案沟通", "升级方案沟通"), "沟通时间", "discussed"),
    ),
)
WORK = (
    Field(
        "tested_on",
        "测试日期",
        "date",
        (*dated("升级测试", "测试库升级", "测试升级", "测试完成", "客户测试"), "测试时间", "tested"),
    ),
    Field(
        "no_test_reason",
        "未测试原因",
        "text",
        ("无测试环境原因", "不能测试原因", "无法测试原因", "无测试条件原因", "未测试说明", "no test because"),
    ),
    Field(
        "approved_on",
        "客户认可日期",
        "date",
        (*dated("客户认可", "认可", "客户同意", "客户确认", "客户确认升级", "客户同意升级"), "approved"),
    ),
    Field(
        "done_on",
        "升级日期",
        "date",
        (
            *dated(
                "升级", "实际升级", "正式升级", "正式库升级", "升级完成", "升级实施", "程序升级", "系统升级"
            ),
            *("upgraded", "upgraded on", "upgrade date"),
        ),
    ),
    Field(
        "version",
        "版本",
        "text",
        ("版本号", "升级版本", "升级后版本", "升级版本号", "升级后版本号", "程序版本", "新版本"),
        longest=200,
    ),
    Field(
        "issues_solved",
        "解决问题",
        "text",
        ("解决的问题", "本次解决问题", "本次升级解决的问题", "升级解决的问题", "解决问题编号", "issues"),
    ),
    Field(
        "surprises",
        "意外情况",
        "text",
        ("升级中遇到的问题", "遇到的问题", "升级遇到的问题", "升级中的问题", "异常情况", "升级异常"),
    ),
    Field(
        "special_modifications",
        "特殊修改",
        "text",
        ("特殊修改内容", "特殊修改的内容", "特殊修改情况", "单独修改", "special changes"),
    ),
    Field(
        "brought_back_on",
        "带回日期",
        "date",
        (
            *dated(
                "数据库带回", "最新数据库带回", "数据库和前台带回", "数据库及前台带回", "数据库及程序带回"
            ),
            *("带回时间", "brought back"),
        ),
    ),
    Field(
        "left_on",
        "撤离日期",
        "date",
        (*dated("工程师撤离", "人员撤离", "升级人员撤离", "约定撤离", "离场"), "撤离时间", "leaving on"),
    ),
)
STRONG = (
    *("upgrader", "arranged_on", "planned_on", "plan_on", "approved_on", "done_on", "report_on", "mailed_on"),
    *("tested_on", "no_test_reason", "version", "issues_solved", "surprises", "special_modifications"),
    *(
        "brought_back_on",
        "left_on",
        "stable",
        "solved",
        "arranged",
        "answer",
        "informed_on",
        "second_called_on",
    ),
    *("second_stable", "second_solved", "second_arranged", "second_answer", "second_informed_on"),
)
"""What belongs to upgrades alone, next to a number."""

KIND = Kind(
    name="upgrade",
    title="系统升级记录",
    fields=(*PEOPLE_AND_PLAN, *WORK, *AFTER, REVISION),
    natural_key=("customer", "applied_on"),
    titles=("升级", "upgrade"),
    needs=(
        *(("number", told) for told in STRONG),
        *(("customer", told) for told in ("upgrader", "done_on", "plan_on", "mailed_on", "second_called_on")),
        *(
            ("customer", told, "applied_on")
            for told in ("arranged_on", "planned_on", "approved_on", "version")
        ),
        *(("customer", "planned_on", told) for told in ("applied_by", "arranged_by", "version")),
        *(("customer", "called_on", told) for told in ("stable", "answer", "report_on")),
    ),
)
