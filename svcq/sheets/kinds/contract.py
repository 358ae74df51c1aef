"""二 Service contracts: the contract tracking table (attachment 3)."""

from svcq.sheets.checks import in_order
from svcq.sheets.kind import REVISION, Field, Kind

KIND = Kind(
    name="contract",
    title="维护合同跟踪表",
    fields=(
        Field(
            "number",
            "合同编号",
            "id",
            (
                *("合同号", "合同编码", "合同代码", "维护合同号", "维护合同编号", "服务合同编号", "编号"),
                *("contract", "contract no", "contract number", "contract id"),
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
                    "甲方",
                    "甲方单位",
                    "用户名称",
                    "客户全称",
                ),
                *("customer name", "hospital", "hospital name", "client"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "project",
            "项目名称",
            "text",
            ("项目", "合同名称", "合同内容", "维护项目", "project name"),
            longest=500,
        ),
        Field(
            "salesperson",
            "销售",
            "name",
            (
                *("销售人员", "销售员", "销售经理", "业务员", "销售代表", "销售负责人", "销售姓名"),
                *("sales", "sales person", "sales rep"),
            ),
            longest=100,
        ),
        Field(
            "amount",
            "合同金额",
            "money",
            (
                *("金额", "合同额", "合同总额", "合同总金额", "合同价", "合同价款", "维护费", "服务费"),
                *("contract amount", "contract value"),
            ),
        ),
        Field(
            "sent_out_on",
            "出合同日期",
            "date",
            (
                *(
                    "出合同时间",
                    "出合同",
                    "合同发出日期",
                    "合同寄出日期",
                    "寄出日期",
                    "发出日期",
                    "合同出具日期",
                ),
                *("sent out", "sent on", "date sent"),
            ),
        ),
        Field(
            "sealed_on",
            "敲章日期",
            "date",
            (
                *("敲章时间", "敲章", "盖章日期", "盖章时间", "签章日期", "签章时间", "用印日期", "公司敲章"),
                *("公司盖章", "公司敲章日期", "公司盖章日期", "公司敲章之日"),
                *("sealed", "seal date", "date sealed"),
            ),
        ),
        Field(
            "reminded_email_on",
            "邮件提醒日期",
            "date",
            (
                *(
                    "邮件提醒",
                    "邮件提醒时间",
                    "提醒日期邮件",
                    "提醒邮件",
                    "邮件催收日期",
                    "邮件催回日期",
                    "邮件",
                ),
                *("email reminder", "reminded by email", "e-mail reminder"),
            ),
        ),
        Field(
            "reminded_phone_on",
            "电话提醒日期",
            "date",
            (
                *("电话提醒", "电话提醒时间", "提醒日期电话", "提醒电话", "电话催收日期", "电话催回日期"),
                *("phone reminder", "reminded by phone"),
            ),
        ),
        Field(
            "called_on",
            "致电医院日期",
            "date",
            (
                "致电日期",
                "致电时间",
                "致电医院",
                "致电医院时间",
                "电话医院日期",
                "called",
                "called hospital on",
            ),
        ),
        Field(
            "promised_on", "承诺日期", "date", ("承诺返回日期", "承诺寄回日期", "医院承诺日期", "promised")
        ),
        Field(
            "returned_on",
            "回签日期",
            "date",
            (
                *(
                    "回签",
                    "回签时间",
                    "返回日期",
                    "返回时间",
                    "收回日期",
                    "收回时间",
                    "合同收回日期",
                    "合同返回日期",
                ),
                *(
                    "合同回签日期",
                    "合同回收日期",
                    "回收日期",
                    "寄回日期",
                    "拿回日期",
                    "回来日期",
                    "合同归档日期",
                ),
                *("实际回签日期", "实际回签时间", "实际回签", "回签实际日期", "实际返回日期", "实际收回日期"),
                *("returned", "return date", "date returned"),
            ),
        ),
        Field(
            "starts_on",
            "开始日期",
            "date",
            (
                *(
                    "开始时间",
                    "合同开始日期",
                    "合同开始时间",
                    "维护开始日期",
                    "维护开始时间",
                    "服务开始日期",
                    "起始日期",
                ),
                *(
                    "维护期开始",
                    "维护期开始日期",
                    "服务期开始",
                    "服务期开始日期",
                    "合同期开始",
                    "合同期开始日期",
                ),
                *("生效日期", "合同生效日期", "合同起始日期", "start", "start date"),
            ),
        ),
        Field(
            "ends_on",
            "到期日期",
            "date",
            (
                *(
                    "到期时间",
                    "到期日",
                    "结束日期",
                    "结束时间",
                    "合同结束日期",
                    "合同结束时间",
                    "合同到期日期",
                    "合同到期日",
                ),
                *(
                    "合同到期时间",
                    "维护结束日期",
                    "维护结束时间",
                    "维护到期日期",
                    "服务结束日期",
                    "终止日期",
                    "截止日期",
                ),
                *(
                    f"{what}期{end}{day}"
                    for what in ("维护", "服务", "合同")
                    for end in ("到期", "结束")
                    for day in ("", "日期")
                ),
                *("end", "end date", "expiry date", "expires on"),
            ),
        ),
        Field(
            "customer_status", "客户状态", "text", ("客户状况", "转化状态", "customer status"), longest=100
        ),
        Field("refused_on", "拒绝日期", "date", ("拒签日期", "客户拒绝日期", "不续签日期", "refused")),
        Field("project_number", "项目编号", "id", ("项目号", "项目编码", "project no"), longest=100),
        Field("account_manager", "客户经理", "name", ("责任客户经理", "大客户经理", "am"), longest=100),
        Field(
            "free_from",
            "免费维护开始",
            "date",
            (
                "免费维护开始日期",
                "免费维护开始时间",
                "免费维护期开始",
                "免费维护期开始时间",
                "免费期开始",
                "免费维护期开始日期",
            ),
        ),
        Field(
            "free_until",
            "免费维护结束",
            "date",
            (
                "免费维护结束日期",
                "免费维护结束时间",
                "免费维护期结束",
                "免费维护期结束时间",
                "免费期结束",
                "免费维护期到期",
                "免费维护期到期日期",
                "免费维护到期日期",
                "免费维护期结束日期",
            ),
        ),
        Field("entered_on", "转入日期", "date", ("转入跟踪表日期", "转入免费维护日期")),
        Field(
            "follows",
            "原合同编号",
            "id",
            ("上期合同编号", "原合同号", "续签自", "前合同编号", "previous contract"),
            longest=100,
        ),
        REVISION,
    ),
    natural_key=("customer", "project", "sealed_on"),
    checks=(
        in_order("sealed_on", "returned_on"),
        in_order("starts_on", "ends_on"),
        in_order("free_from", "free_until"),
        in_order("called_on", "promised_on"),
    ),
    titles=("合同", "维护合同跟踪", "contract"),
    needs=(
        *(
            ("number", other)
            for other in ("customer", "sealed_on", "returned_on", "sent_out_on", "amount", "ends_on")
        ),
        *(("customer", other) for other in ("sealed_on", "returned_on", "sent_out_on")),
        ("customer", "free_until", "customer_status"),
        *(
            ("number", other)
            for other in ("called_on", "reminded_email_on", "reminded_phone_on", "customer_status")
        ),
        *(
            ("number", other)
            for other in ("salesperson", "project", "starts_on", "refused_on", "free_until", "follows")
        ),
    ),
)
