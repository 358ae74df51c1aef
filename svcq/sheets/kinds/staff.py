"""Staff: the people of the company and what they are."""

from svcq.sheets.checks import in_order
from svcq.sheets.kind import REVISION, Field, Kind

ROLES = {
    "质量控制中心": "qc",
    **dict.fromkeys(("质控", "质控中心", "质量控制", "质控专员", "质管", "quality control"), "qc"),
    "大区经理": "regional_manager",
    **dict.fromkeys(("区域经理", "大区负责人"), "regional_manager"),
    "事业部经理": "division_manager",
    **dict.fromkeys(("事业部负责人", "事业部总经理", "部门经理"), "division_manager"),
    "项目经理": "project_manager",
    **dict.fromkeys(("实施经理", "实施项目经理", "pm"), "project_manager"),
    "客户经理": "account_manager",
    **dict.fromkeys(("大客户经理", "am"), "account_manager"),
    "销售": "salesperson",
    **dict.fromkeys(("销售人员", "销售员", "销售经理", "业务员", "商务", "sales"), "salesperson"),
    "工程师": "engineer",
    **dict.fromkeys(("维护工程师", "服务工程师", "实施工程师", "驻场工程师", "技术工程师"), "engineer"),
    "区域技术负责人": "technical_lead",
    **dict.fromkeys(("技术负责人", "技术经理", "大区技术负责人", "tech lead"), "technical_lead"),
    "升级人员": "upgrader",
    **dict.fromkeys(("升级工程师", "升级员"), "upgrader"),
}

KIND = Kind(
    name="staff",
    title="员工",
    fields=(
        Field(
            "name",
            "姓名",
            "name",
            (
                "员工姓名",
                "员工",
                "人员",
                "人员姓名",
                "名字",
                "full name",
                "staff",
                "staff name",
                "employee",
                "person",
            ),
            required=True,
            longest=100,
        ),
        Field("role", "岗位", "codes", ("职务", "职位", "角色", "岗位名称", "roles", "position"), ROLES),
        Field(
            "team", "部门", "text", ("所属部门", "科室", "小组", "团队", "事业部", "department"), longest=100
        ),
        Field(
            "region", "大区", "text", ("区域", "所属大区", "所属区域", "片区", "地区", "area"), longest=100
        ),
        Field(
            "email",
            "邮箱",
            "text",
            ("电子邮箱", "邮件地址", "电子邮件", "邮箱地址", "e-mail", "mail"),
            longest=300,
        ),
        Field(
            "phone",
            "电话",
            "text",
            ("联系电话", "联系方式", "手机", "手机号", "手机号码", "tel", "mobile"),
            longest=200,
        ),
        Field(
            "joined_on",
            "入职日期",
            "date",
            ("入职时间", "到岗日期", "入司日期", "joined", "hired on", "hire date"),
        ),
        Field("left_on", "离职日期", "date", ("离职时间", "离岗日期", "left", "leaving date")),
        Field("trained_on", "培训日期", "date", ("培训时间", "岗前培训日期", "培训完成日期", "trained")),
        Field(
            "certified_on",
            "考核通过日期",
            "date",
            ("考核日期", "考核时间", "考核合格日期", "考试通过日期", "certified", "exam passed on"),
        ),
        Field(
            "language",
            "邮件语言",
            "code",
            ("语言", "使用语言", "mail language"),
            {
                **dict.fromkeys(("中文", "汉语", "简体中文", "chinese"), "zh"),
                **dict.fromkeys(("英文", "英语", "english"), "en"),
            },
        ),
        REVISION,
    ),
    natural_key=("name",),
    checks=(in_order("joined_on", "left_on"),),
    titles=("员工", "人员", "花名册", "通讯录", "staff", "employee"),
    needs=(("name",),),
)
