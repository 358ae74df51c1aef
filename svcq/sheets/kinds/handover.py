"""一 Hand-overs: the application (attachment 1) and the table of projects to be handed over."""

from svcq.locale import N_
from svcq.sheets.checks import in_order
from svcq.sheets.kind import REVISION, Field, Kind
from svcq.sheets.kinds.handover_words import DECISIONS, dated

KIND = Kind(
    name="handover",
    title="项目移交信息表",
    fields=(
        Field(
            "number",
            "移交编号",
            "id",
            (
                *("移交单号", "移交单编号", "移交号", "项目移交编号", "移交申请单号", "移交申请单编号"),
                *("申请单号", "申请单编号", "单号", "编号"),
                *("handover", "handover no", "handover number", "hand-over no"),
            ),
            longest=100,
        ),
        Field(
            "project_number",
            "项目编号",
            "id",
            ("项目号", "项目编码", "项目代码", "立项编号", "工程编号", "project no", "project id"),
            longest=100,
        ),
        Field(
            "project",
            "项目名称",
            "text",
            ("项目", "移交项目", "移交项目名称", "实施项目", "工程名称", "项目全称", "project name"),
            longest=500,
        ),
        Field(
            "customer",
            "客户名称",
            "name",
            (
                *("客户", "客户单位", "单位名称", "单位", "医院", "医院名称", "医院全称", "客户全称"),
                *("用户名称", "用户单位", "院方", "甲方", "甲方单位", "建设单位"),
                *("customer name", "hospital", "hospital name", "client"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "phase",
            "期次",
            "text",
            ("期数", "期别", "分期", "项目期次", "项目期数", "移交期次", "验收期次", "项目分期", "项目阶段"),
            longest=100,
        ),
        Field(
            "modules",
            "模块内容",
            "text",
            (
                *("移交模块", "移交模块内容", "移交的模块内容", "移交的模块", "移交内容", "模块", "模块名称"),
                *("系统模块", "实施模块", "上线模块", "验收模块", "移交系统", "modules handed over"),
            ),
        ),
        Field(
            "project_manager",
            "项目经理",
            "name",
            ("实施经理", "实施项目经理", "实施负责人", "项目负责人", "项目经理姓名", "pm"),
            longest=100,
        ),
        Field(
            "account_manager",
            "客户经理",
            "name",
            ("责任客户经理", "大客户经理", "客户经理姓名", "am"),
            longest=100,
        ),
        Field(
            "accepted_on",
            "验收日期",
            "date",
            (
                *dated("验收", "项目验收", "本期验收", "验收通过", "验收完成", "竣工验收", "终验"),
                *("项目验收", "accepted", "acceptance", "acceptance date"),
            ),
        ),
        Field(
            "application_on",
            "申请日期",
            "date",
            (
                *dated("移交申请", "申请移交", "申请移交的", "提交申请", "递交申请", "申请递交", "申请提交"),
                *dated("申请单", "移交申请单", "申请单递交", "申请单提交", "移交申请单递交"),
                *("移交申请", "移交申请单", "申请时间", "application date", "applied on"),
            ),
        ),
        Field(
            "worklog_on",
            "底稿日期",
            "date",
            (
                *dated("底稿", "工作底稿", "底稿提交", "底稿递交", "工作底稿提交", "工作底稿递交"),
                *("底稿", "工作底稿", "worklog", "worklog date"),
            ),
        ),
        Field(
            "documents_on",
            "验收文档日期",
            "date",
            (
                *dated("验收文档", "文档提交", "文档递交", "验收文档提交", "验收文档递交", "验收文档提供"),
                *dated("验收资料", "验收资料提交", "验收材料", "验收材料提交"),
                *("验收文档", "验收资料", "文档日期", "documents", "acceptance documents"),
            ),
        ),
        Field(
            "decision",
            "结论",
            "code",
            (
                *("移交结论", "确认结论", "确认结果", "评审结论", "审核结论", "审核结果", "确认意见"),
                *("是否可移交", "是否可以移交", "可否移交", "是否移交", "是否符合", "是否符合移交条件"),
                *("是否符合条件", "移交条件", "是否满足移交条件", "eligible"),
            ),
            DECISIONS,
        ),
        Field(
            "decided_on",
            "确认移交日期",
            "date",
            (
                *dated("确认移交", "确认移交的", "移交确认", "结论", "评审", "审核"),
                *("确认日期", "确认时间", "decision date", "confirmed on"),
            ),
        ),
        Field(
            "decided_by",
            "确认人",
            "name",
            (
                *("确认经理", "确认负责人", "移交确认人", "确认人员", "审核人", "审批人", "评审人"),
                *("确认大区经理", "大区经理确认", "大区经理/事业部经理", "大区/事业部经理", "confirmed by"),
            ),
            longest=100,
        ),
        Field(
            "expected_on",
            "预计移交日期",
            "date",
            (
                *dated("预计移交", "预计可移交", "预计符合", "预计满足条件", "预计符合条件", "计划移交"),
                *dated("预计达到移交条件", "预计满足移交条件", "预计符合移交条件"),
                *("预计移交", "预计日期", "预计时间", "expected", "expected date"),
            ),
        ),
        Field(
            "reason",
            "原因",
            "text",
            (
                *("不符合原因", "不符合移交条件原因", "不能移交原因", "未移交原因", "未能移交原因"),
                *("不可移交原因", "暂不移交原因", "原因说明", "不符合项", "reasons", "why"),
            ),
        ),
        Field(
            "free_from",
            "免费维护开始",
            "date",
            (
                *dated("免费维护开始", "免费维护期开始", "免费维护起始", "免费维护期起始", "免费期开始"),
                *("免费维护期开始", "free from"),
            ),
        ),
        Field(
            "free_until",
            "免费维护结束",
            "date",
            (
                *dated("免费维护结束", "免费维护期结束", "免费维护截止", "免费维护期截止", "免费期结束"),
                *dated("免费维护到期", "免费维护期到期", "免费期到期"),
                *("免费维护期结束", "free until"),
            ),
        ),
        Field(
            "registered_on",
            "登记日期",
            "date",
            (*dated("项目登记", "信息登记", "POIS登记", "登记完成"), "登记时间", "录入日期", "registered"),
        ),
        Field(
            "notice_on",
            "告知书发送日期",
            "date",
            (
                *dated("告知书发送", "告知书发放", "告知书递交", "告知书寄出", "告知书发出", "发送告知书"),
                *dated("服务告知书发送", "服务告知书发放", "客户服务告知书", "客户告知书发放", "告知书"),
                *("notice", "notice sent"),
            ),
        ),
        Field(
            "receipt_on",
            "告知书确认日期",
            "date",
            (
                *dated(
                    "告知书确认", "告知书签收", "告知书回执", "回执确认", "告知书确认收到", "确认收到告知书"
                ),
                *("回执日期", "签收日期", "receipt", "receipt confirmed"),
            ),
        ),
        Field("contract", "跟踪表合同编号", "id", ("转入合同编号", "跟踪表编号"), longest=100),
        REVISION,
    ),
    natural_key=("project_number", "phase"),
    checks=(
        in_order("free_from", "free_until"),
        in_order("notice_on", "receipt_on", notice_on=N_("the notice"), receipt_on=N_("its receipt")),
        in_order(
            "decided_on",
            "expected_on",
            decided_on=N_("the decision"),
            expected_on=N_("the expected day"),
        ),
    ),
    titles=("移交", "handover", "hand-over"),
    needs=tuple(
        (named, told)
        for named in ("number", "project_number", "project", "customer")
        for told in (
            *("accepted_on", "application_on", "worklog_on", "documents_on", "decision", "decided_on"),
            *("decided_by", "expected_on", "registered_on", "notice_on", "receipt_on"),
        )
    ),
)
