"""Customers: the hospitals that are served."""

from svcq.sheets.kind import REVISION, Field, Kind

LEVELS = {
    "三级": "3",
    "二级": "2",
    "一级": "1",
    **{
        f"{word}{grade}": code for word, code in (("三", "3"), ("二", "2"), ("一", "1")) for grade in "甲乙丙"
    },
    **{
        f"{word}级{grade}等": code
        for word, code in (("三", "3"), ("二", "2"), ("一", "1"), ("3", "3"), ("2", "2"), ("1", "1"))
        for grade in "特甲乙丙"
    },
    "三特": "3",
    **{f"{word}级医院": code for word, code in (("三", "3"), ("二", "2"), ("一", "1"))},
    **{f"{digit}级": digit for digit in "321"},
    **{f"{digit}{grade}": digit for digit in "321" for grade in "甲乙丙"},
    "Ⅲ": "3",
    "Ⅱ": "2",
    "Ⅰ": "1",
    "level 3": "3",
    "level 2": "2",
    "level 1": "1",
}

KIND = Kind(
    name="customer",
    title="客户",
    fields=(
        Field(
            "code",
            "客户编号",
            "id",
            ("客户编码", "客户代码", "客户号", "医院编号", "医院编码", "医院代码", "customer code"),
        ),
        Field(
            "name",
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
                    "医院全称",
                    "用户名称",
                ),
                *("customer", "customer name", "hospital", "hospital name"),
            ),
            required=True,
            longest=200,
        ),
        Field(
            "level",
            "级别",
            "int",
            ("医院级别", "医院等级", "等级", "客户级别", "hospital level"),
            LEVELS,
            low=1,
            high=3,
        ),
        Field(
            "region", "大区", "text", ("区域", "所属大区", "所属区域", "片区", "地区", "area"), longest=100
        ),
        Field(
            "contact",
            "联系人",
            "text",
            ("医院联系人", "客户联系人", "联系人姓名", "contact person"),
            longest=200,
        ),
        Field(
            "phone",
            "电话",
            "text",
            ("联系电话", "联系方式", "手机", "手机号", "电话号码", "医院电话", "tel", "telephone", "mobile"),
            longest=200,
        ),
        Field(
            "email",
            "邮箱",
            "text",
            ("电子邮箱", "邮件地址", "电子邮件", "邮箱地址", "e-mail", "mail"),
            longest=300,
        ),
        Field(
            "engineer",
            "工程师",
            "names",
            ("负责工程师", "维护工程师", "服务工程师", "驻场工程师", "责任工程师", "engineers"),
        ),
        Field("account_manager", "客户经理", "name", ("责任客户经理", "大客户经理", "am"), longest=100),
        Field(
            "running_since",
            "上线日期",
            "date",
            (
                "上线时间",
                "系统上线日期",
                "系统上线时间",
                "正式上线日期",
                "go-live date",
                "live since",
                "running since",
            ),
        ),
        Field("version", "版本", "text", ("版本号", "系统版本", "软件版本", "当前版本"), longest=200),
        REVISION,
    ),
    natural_key=("name",),
    titles=("客户", "医院", "customer", "hospital"),
    needs=(("name",),),
)
