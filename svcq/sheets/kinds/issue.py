"""三 The worklog (工作底稿): the problems of the hospitals, one row per problem."""

from svcq.sheets.kind import REVISION, Field, Kind

PRIORITY = {
    "是": "yes",
    **dict.fromkeys(("优先", "优先级", "高", "紧急", "加急", "urgent", "high", "critical"), "yes"),
    "否": "no",
    **dict.fromkeys(("普通", "一般", "非优先", "不优先", "中", "低", "正常"), "no"),
    **dict.fromkeys(("normal", "medium", "low"), "no"),
}
AUTO = {
    "自动": "auto",
    **dict.fromkeys(("自动关闭", "系统", "系统自动", "系统关闭", "系统自动关闭", "automatic"), "auto"),
}
"""Who closed a problem that closed by itself."""

KIND = Kind(
    name="issue",
    title="工作底稿",
    fields=(
        Field(
            "number",
            "问题编号",
            "id",
            (
                *(
                    "问题号",
                    "问题编码",
                    "底稿编号",
                    "工作底稿编号",
                    "工单号",
                    "工单编号",
                    "登记编号",
                    "事件编号",
                ),
                *("issue", "issue no", "issue number", "issue id", "problem no", "ticket", "ticket no"),
            ),
            longest=100,
        ),
        Field(
            "customer",
            "客户名称",
            "name",
            (
                *(
                    "客户",
                    "客户单位",
                    "单位名称",
                    "单位",
                    "医院",
                    "医院名称",
                    "客户全称",
                    "用户名称",
                    "用户单位",
                ),
                *("customer name", "hospital", "hospital name", "client"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "system",
            "系统",
            "text",
            ("系统名称", "所属系统", "软件系统", "产品", "产品名称", "产品线", "product"),
            longest=200,
        ),
        Field(
            "module",
            "模块",
            "text",
            ("模块名称", "功能模块", "系统模块", "程序模块", "所属模块", "功能点", "component"),
            longest=200,
        ),
        Field(
            "title",
            "问题标题",
            "text",
            (
                *("标题", "问题", "问题名称", "问题概述", "问题摘要", "问题简述", "主题", "问题主题"),
                *("subject", "summary", "short description", "problem"),
            ),
            longest=500,
            instead="description",
        ),
        Field(
            "description",
            "问题描述",
            "text",
            (
                *(
                    "描述",
                    "问题内容",
                    "详细描述",
                    "问题详情",
                    "问题详细描述",
                    "问题现象",
                    "故障现象",
                    "故障描述",
                ),
                *("具体问题", "需求描述", "问题说明", "details", "problem description"),
            ),
            longest=10_000,
        ),
        Field(
            "engineer",
            "工程师",
            "name",
            (
                *("负责工程师", "责任工程师", "维护工程师", "服务工程师", "跟踪工程师", "工程师姓名"),
                *("负责人", "责任人", "处理人", "处理人员", "跟进人", "跟踪人", "assignee", "assigned to"),
            ),
            longest=100,
        ),
        Field(
            "reported_by",
            "提出人",
            "text",
            (
                *(
                    "反馈人",
                    "提报人",
                    "报告人",
                    "上报人",
                    "提出者",
                    "问题提出人",
                    "提出科室",
                    "提出部门",
                    "报修人",
                ),
                *("reporter", "caller", "requester", "reported by"),
            ),
            longest=200,
        ),
        Field(
            "reported_on",
            "提出日期",
            "date",
            (
                *("提出时间", "问题提出日期", "问题提出时间", "反馈日期", "反馈时间", "提报日期", "提报时间"),
                *(
                    "报告日期",
                    "报告时间",
                    "登记日期",
                    "登记时间",
                    "发生日期",
                    "发生时间",
                    "发现日期",
                    "发现时间",
                ),
                *("受理日期", "受理时间", "上报日期", "上报时间", "报修日期", "报修时间", "日期"),
                *("reported", "report date", "opened on", "date reported"),
            ),
            required=True,
        ),
        Field(
            "priority",
            "优先级",
            "flag",
            ("优先", "是否优先", "是否优先级", "优先级问题", "列为优先级", "优先标志"),
            PRIORITY,
        ),
        Field(
            "priority_on", "优先级日期", "date", ("列为优先级日期", "列为优先日期", "优先日期", "优先时间")
        ),
        Field(
            "request",
            "需求号",
            "id",
            (
                "需求编号",
                "开发需求号",
                "需求单号",
                "vsts",
                "vsts号",
                "vsts编号",
                "request no",
                "request number",
            ),
            longest=100,
        ),
        Field(
            "request_on",
            "需求登记日期",
            "date",
            ("需求日期", "需求提交日期", "提交需求日期", "需求提交时间", "需求登记时间", "vsts登记日期"),
        ),
        Field(
            "tested_by_test_dept_on",
            "提交测试部日期",
            "date",
            ("提交测试日期", "提交测试时间", "送测日期", "送测时间", "提交测试部时间", "移交测试日期"),
        ),
        Field(
            "test_result_on",
            "测试结果日期",
            "date",
            ("测试完成日期", "测试完成时间", "测试结果时间", "测试日期", "测试时间", "测试反馈日期"),
        ),
        Field(
            "passed_on",
            "结果反馈日期",
            "date",
            ("反馈工程师日期", "测试结果反馈日期", "结果反馈时间", "转达日期", "转达时间"),
        ),
        Field(
            "urged_on",
            "督促日期",
            "date",
            ("催办日期", "催办时间", "督促时间", "提醒日期", "提醒时间", "urged", "reminded on"),
        ),
        Field(
            "closed_on",
            "关闭日期",
            "date",
            (
                *("关闭时间", "问题关闭日期", "问题关闭时间", "解决日期", "解决时间", "完成日期", "完成时间"),
                *("闭环日期", "闭环时间", "结束日期", "结束时间", "办结日期"),
                *("closed", "closing date", "date closed"),
            ),
        ),
        Field("closed_by", "关闭人", "name", ("关闭人员", "关闭者", "闭环人", "closer"), AUTO, longest=100),
        Field("close_reason", "关闭原因", "text", ("关闭说明", "关闭理由", "关闭备注", "closing reason")),
        Field(
            "reopened_on",
            "重新打开日期",
            "date",
            ("重新打开时间", "重开日期", "重开时间", "再次打开日期", "激活日期", "重新激活日期", "reopened"),
        ),
        REVISION,
    ),
    natural_key=("customer", "title", "reported_on"),
    titles=("工作底稿", "底稿", "问题登记", "问题清单", "worklog", "issue"),
    needs=(
        *(
            ("number", other)
            for other in ("title", "description", "reported_on", "closed_on", "request", "test_result_on")
        ),
        *(("number", other) for other in ("urged_on", "reopened_on", "priority", "system", "module")),
        *(("customer", words, "reported_on") for words in ("title", "description")),
        *(
            ("customer", words, other)
            for words in ("title", "description")
            for other in ("engineer", "closed_on")
        ),
    ),
)
