"""Acts of every process, as a user types them, and what is asked of a store afterwards: for a test of both engines."""

HOSPITAL = "江州市中心医院"
EARLY = """
policy live 2026-01-01
calendar off 2026-12-31
calendar on 2026-12-26
calendar forget 2026-12-26
"""
"""What computes everything anew, on a store that has nothing yet."""
ACTS = f"""
staff add 李伟 --role engineer --region 华东 --team 一组 --email li@x.example --language en
staff add 赵强 --role account_manager --region 华东
staff add 朱明远 --role regional_manager --region 华东
staff add 卫星汉 --role project_manager --role upgrader
staff add 陈立 --role salesperson --region 华东 --email chen@x.example
staff add 多余 --role qc
staff edit 李伟 --team 二组 --from 2026-10-01 --reason 调动
staff void 多余 --reason 重复
staff duty contract.call 郑望舒 --from 2026-01-01
staff duty contract.remind 郑望舒
staff leave 李伟 --from 2026-11-09 --until 2026-11-10
staff train 李伟 --on 2026-11-12
staff exam 李伟 --on 2026-11-16 --passed
customer add {HOSPITAL} --code H-999 --level 3 --region 华东 --engineer 李伟 --account-manager 赵强
customer edit {HOSPITAL} --phone 021-1 --running-since 2019-05-01 --reason 补登
customer add 错登医院
customer void 错登医院 --reason 错登
customer assign {HOSPITAL} --role engineer --to 李伟 --to 郑望舒 --from 2026-11-02 --force --reason 协助
contract add N-1 --customer {HOSPITAL} --salesperson 陈立 --sealed 2026-09-01 --amount 12345.67 --ends 2026-12-31
contract add N-2 --customer {HOSPITAL} --sealed 2026-10-08 --salesperson 陈立 --free-from 2026-01-01 --free-until 2026-12-15
contract add N-3 --customer {HOSPITAL}
contract seal N-3 --on 2026-11-02
contract return N-2 --on 2026-10-20
contract remind N-1 --by email --on 2026-09-21
contract call N-1 --on 2026-09-28 --by 郑望舒 --promised 2026-10-12 --note 已寄出
contract call N-1 --on 2026-10-28
contract call N-1 --on 2026-10-28 --undo
contract convert N-2 --new N-4 --sealed 2026-11-16
contract refuse N-1 --on 2026-11-20 --reason 医院改制
contract assign N-3 --role salesperson --to 郑望舒 --from 2026-11-10
contract edit N-1 --project 门诊 --amount 20000000 --reason 笔误
contract void N-3 --reason 重复
contract feedback --month 2026-10 -o feedback.xlsx
waive contract.return N-1 --reason 院方出差
handover add YJ-N --customer {HOSPITAL} --project HIS --project-number XM-N --phase 一期 --accepted 2026-09-01
handover edit YJ-N --modules 门诊 --reason 补登
handover assign YJ-N --role project_manager --to 卫星汉
handover apply YJ-N --application 2026-09-03 --worklog 2026-09-03 --documents 2026-09-07
handover decide YJ-N --not-eligible --on 2026-09-10 --with 朱明远 --expected 2026-10-12 --reason 接口未联调
handover follow-up YJ-N --on 2026-10-09 --by 郑望舒 --expected 2026-11-09 --note 下周联调
handover decide YJ-N --eligible --on 2026-11-06 --with 朱明远
handover register YJ-N --on 2026-11-09
handover notice YJ-N --on 2026-11-10
handover receipt YJ-N --on 2026-11-16
handover add YJ-M --customer {HOSPITAL} --phase 二期
handover edit YJ-M --modules 住院 --reason 补登
handover assign YJ-M --role project_manager --to 卫星汉
handover add YJ-X --customer {HOSPITAL} --phase 三期
handover void YJ-X --reason 重复
issue plan add P-1 --completion 2026-10-30 --release 2026-11-20
issue plan edit P-1 --release 2026-11-25 --reason 延期
issue add WT-N --customer {HOSPITAL} --title 打印错位 --module 门诊 --reported 2026-09-07 --engineer 李伟
issue add WT-M --customer {HOSPITAL} --title 报表慢 --system HIS --module 门诊收费 --reported 2026-09-09 --engineer 李伟
issue add WT-X --customer {HOSPITAL} --title 重复登记 --reported 2026-09-09 --engineer 李伟 --force --reason 另一处
issue edit WT-N --system HIS --reason 补登
issue assign WT-M --to 郑望舒 --from 2026-10-12 --force --reason 调整
issue step WT-N --on 2026-09-10 --by 李伟 --what 现场查看
issue step WT-N --on 2026-09-20 --by 李伟 --what 远程处理
issue undo WT-N --step 2026-09-20 --reason 记错
issue urge WT-N --on 2026-11-02 --by 郑望舒
issue close WT-N --on 2026-11-10 --reason 已处理
issue reopen WT-N --on 2026-11-12 --reason 又出现
issue request WT-M --file request.toml --number XQ-1 --on 2026-10-15
issue test-result WT-M --on 2026-10-30 --to-test 2026-10-26 --passed 2026-11-02
issue void WT-X --reason 重复
issue sample 2026-11 --seed 7
issue finding --person 郑望舒 --missing-on 2026-10-20 --record work --note 未登记
issue check 2026-11 --customer {HOSPITAL} --on 2026-11-20
upgrade apply SJ-N --customer {HOSPITAL} --on 2026-11-02 --by 赵强 --planned 2026-11-14
upgrade arrange SJ-N --on 2026-11-03 --by 朱明远 --upgrader 卫星汉
upgrade plan SJ-N --on 2026-11-04 --registered 2026-11-04 --discussed 2026-11-05
upgrade test SJ-N --on 2026-11-09
upgrade approve SJ-N --on 2026-11-10
upgrade done SJ-N --on 2026-11-14 --version 6.2 --closes WT-M --surprises 打印服务需重启
upgrade report SJ-N --on 2026-11-17 --mailed
upgrade callback SJ-N --on 2026-11-18 --answer unclear --arranged
upgrade inform SJ-N --on 2026-11-19
upgrade apply SJ-M --customer 岚汀市中心医院 --on 2026-11-20
upgrade postpone SJ-M --to 2026-12-05 --reason 等级评审
upgrade assign SJ-M --role upgrader --to 卫星汉
upgrade edit SJ-M --special 票据定制 --reason 补登
upgrade apply SJ-X --customer 岚汀市中心医院 --on 2026-11-19
upgrade done SJ-X --on 2026-11-20 --force --reason 急
upgrade void SJ-X --reason 重复
migrate add QY-N --customer {HOSPITAL} --on 2026-11-06 --system LIS --engineer 李伟
migrate reindex QY-N --on 2026-11-06
migrate register QY-N --on 2026-11-09
migrate edit QY-N --system HIS --reason 笔误
migrate assign QY-N --to 郑望舒 --from 2026-11-16 --force --reason 调整
migrate add QY-X --customer {HOSPITAL} --on 2026-11-05
migrate void QY-X --reason 重复
migrate check 2026 --record --on 2026-11-20 --by 郑望舒 --reason 三家未迁移
callback sample 2026Q4 --seed 3 --on 2026-10-12
score publish 2026Q3
waive contract.call HT-2026-0074 --reason 停电
waive issue.close WT-N --reason 停电
daily
remind log contract.chase N-1 --on 2026-11-20 --channel email
"""
"""Behind the sample workbooks: one line each, in their order, on one day."""
WRITERS = {
    *(("import",), ("issue", "request"), ("callback", "sample")),
    *(("calendar", "on"), ("calendar", "off"), ("calendar", "forget")),
}
"""What only writes, though it can say in a format what it wrote: it stands among the acts."""
ASKED = {
    ("contract", "show"): ("N-1", "HT-2026-0026", "SVCQ-2026-0001"),
    ("handover", "show"): ("YJ-N", "YJ-M"),
    ("issue", "show"): ("WT-N", "WT-M", "WT-X"),
    ("upgrade", "show"): ("SJ-N", "SJ-X"),
    ("migrate", "show"): ("QY-N",),
    ("callback", "show"): (f"2026Q4-李伟-{HOSPITAL}",),
    ("customer", "show"): (HOSPITAL, "岚汀市中心医院"),
    ("staff", "show"): ("李伟", "郑望舒"),
    ("contract", "list"): ("", "--state overdue", "--state void"),
    ("contract", "expiring"): ("", "--within 300d", "--expired"),
    ("handover", "list"): ("", "--state not_eligible", "--project-number XM-N"),
    ("issue", "list"): ("", "--state open", "--state stale", "--state closed", "--state void"),
    ("issue", "stale"): ("", "--within 30d"),
    ("issue", "records"): ("", "--from 2026-09-01 --until 2026-10-31"),
    ("issue", "check"): ("2026-10", "2026-11"),
    ("issue", "sample"): ("", "2026-11"),
    ("issue", "finding"): ("", "--month 2026-11", "--counts"),
    ("issue", "reconcile"): (),
    ("upgrade", "list"): ("", "--state settled"),
    ("upgrade", "checklist"): ("SJ-N", f"--customer {HOSPITAL}"),
    ("migrate", "due"): ("", "2025"),
    ("migrate", "check"): ("", "2025"),
    ("callback", "list"): ("", "--quarter 2026Q3", "--state answered"),
    ("callback", "summary"): tuple(
        f"--by {by} --from 2026Q1 --until 2026Q4" for by in ("engineer", "region", "quarter")
    ),
    ("score", "quarter"): ("2026Q3", "2026Q3 --now", "2026Q4", "2026Q3 --by team", "2026Q3 --by region"),
    ("score", "year"): ("2026", "2026 --by team"),
    ("score", "show"): ("郑望舒 --quarter 2026Q3", "李伟 --quarter 2026Q4", "吴知行 --year 2026"),
    ("score", "fines"): ("--year 2026", "--quarter 2026Q3 --evidence", "--month 2026-10"),
    ("score", "differences"): ("2026Q3",),
    ("score", "simulate"): (),
    ("staff", "leave"): ("", "李伟"),
    ("staff", "exam"): ("",),
    ("staff", "list"): ("", "--role engineer"),
    ("due",): ("--all", "", "--overdue", "--within 7d", "--rule contract.return", "--number N-1 --all"),
    ("remind", "list"): ("", "--channel phone", "--state to_call"),
    ("export",): (),
    ("calendar", "due"): ("2026-11-20 --workdays 5",),
    ("calendar", "count"): ("2026-11-01 2026-11-20",),
    ("calendar", "check"): ("2026-12-31",),
    ("calendar", "list"): ("2026-09-25 2026-10-12",),
    ("log",): ("N-1", "--table staff", "--by 茅洁 --since 2026-11-01 --limit 99"),
}
"""What is asked with more words than those of the command."""
