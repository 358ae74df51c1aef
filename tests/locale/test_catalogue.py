"""The Chinese catalogue: every message is there and translated, and nothing of svcq speaks English in Chinese."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
from string import Formatter

import pytest

from tests.cli import ROOT, environment

spec = importlib.util.spec_from_file_location("catalogue", ROOT / ".ci" / "catalogue.py")
assert spec is not None
assert spec.loader is not None
catalogue = importlib.util.module_from_spec(spec)
spec.loader.exec_module(catalogue)

LANGUAGES = catalogue.LANGUAGES
SOURCES = sorted(catalogue.PACKAGE.rglob("*.py"))
LOOKED_UP = {
    "commands/calendar_words.py": {"WEEK[day.weekday()]", "WORDS[reason.code]"},
    "commands/contract.py": {"ROLES[role]"},
    "commands/customer.py": {"ROLES[role]"},
    "commands/dates.py": {"option"},
    "commands/handover.py": {"COMPLETE[key]"},
    "commands/handover_form.py": {"TITLES[kind]"},
    "commands/handover_record.py": {"ROLES[role]"},
    "commands/issue_check.py": {"ACTS[key]", "OBLIGATION_STATES[str(one['state'])]"},
    "commands/issue_finding.py": {"FINDINGS[found]", "word"},
    "commands/issue_reconcile.py": {"MATCHES[match]"},
    "commands/issue_reconcile_book.py": {
        *("MATCHES[match]", "OUR_STATES['closed' if state == 'closed' else 'open']", "column.title"),
    },
    "commands/issue_sample.py": {"sentence"},
    "commands/kit.py": {"param.help or ''"},
    "commands/params.py": {"param.metavar or ''"},
    "errors.py": {"words or type(error).__name__"},
    "locale/__init__.py": {"error.message", "error.one", "error.many", "one", "many", "message"},
    "processes/revisions.py": {"changed", "unknown"},
    "store/postgres_errors.py": {
        "AWAY",
        "LOST if lost else BROKEN",
        "SENTENCES[error.sqlstate]",
        "SENTENCES[state]",
    },
    "store/sqlite_errors.py": {"DAMAGED", "said"},
    "main.py": {"title", "COMMANDS[name]"},
    "output/book.py": {"listing.title", "column.title"},
    "output/choose.py": {"words"},
    "output/markdown.py": {"column.title"},
    "output/record.py": {"column.title", "section.listing.title"},
    "output/table.py": {"column.title", "words"},
    "output/values.py": {"word"},
    "policy/mistakes.py": {"'\\n'.join((f'{{{key}}}' for key in values))"},
    "policy/values.py": {"UNIT_WORDS[unit]"},
    "processes/assignments.py": {"role.replace('_', ' ')"},
    "processes/issue_check.py": {"rules.ACTS[key]"},
    "processes/handover.py": {"rules.DONE[column]"},
    "processes/handover_gate.py": {"rules.COMPLETE[key]"},
    "processes/staff.py": {"rules[rule].owner.replace('_', ' ')"},
    "processes/explain.py": {"RESTS[why.code]"},
    "processes/keeping.py": {"AUDIT_FAULTS[fault]", "AUDIT_FAULTS['cut']", "LEDGER_FAULTS[fault]"},
    "processes/names.py": {"template"},
    "rules/handover.py": {"NAMES[key]"},
    "commands/callback_lists.py": {"STATES[state]"},
    "commands/desk_page.py": {"WEEK[today.weekday()]"},
    "commands/due_ics.py": {
        *("PROCESSES[process]", "OBLIGATION_STATES[state]", "column.title"),
        "known.rule(str(row['rule']), row['starts_on']).title",
    },
    "commands/staff_form.py": {"ROLES[role]"},
    "output/month.py": {"name"},
    "commands/migrate_year.py": {"OBLIGATION_STATES[str(one['state'])]"},
    "commands/remind_compose.py": {
        *("policy.rules[asked].title", "policy.rules[str(row['rule'])].title"),
    },
    "commands/report_pages.py": {"title", "one.title", "found.rules[rule][0]", "PARTS['duties']"},
    "commands/report_records.py": {"PARTS[key]", "PARTS['callback']", "PARTS['score']", "PARTS['fines']"},
    "output/report/shape.py": {"self.listing.title", "column.title"},
    "commands/score_gathered.py": {"rule.title"},
    "commands/score_pages.py": {"TITLES[key]", "ROLES[str(row['role'])]"},
    "commands/score_periods.py": {"option"},
    "commands/score_summary.py": {
        *("ROLES[str(one.row['role'])]", "ROLES[str(row['role'])]", "TITLES[key]", "title", "text"),
    },
    "commands/upgrade_form.py": {"KINDS[kind]"},
    "commands/upgrade_checklist_book.py": {"shown[key].title", "NAMES[section.key]", "ASKED[section.key]"},
    "commands/upgrade_record.py": {"ROLES[role]"},
    "commands/upgrade_told.py": {"DUE[one.rule]", "STEPS[name]"},
    "processes/upgrade_said.py": {"what", "role.replace('_', ' ')"},
    "processes/upgrade_step.py": {"order.STEPS[name]", "order.STEPS[step]"},
    "rules/upgrade_order.py": {"STEPS[name]", "STEPS[step]"},
    "processes/intake_callback.py": {"why"},
    "processes/intake_skip.py": {"STEPS[name]", "STEPS[step]"},
    "processes/migrate.py": {"DONE[column]"},
    "sheets/checks.py": {"said.get(later, later)", "said.get(earlier, earlier)"},
    "sheets/files/sniff.py": {"what"},
    "store/sqlite.py": {"sentence"},
}
"""Messages that are looked up: they are marked with N_ where they are declared."""


def read(language):
    return [message for message in catalogue.read(language) if message.id]


def ids(message):
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def places(text):
    """The placeholders of a template, with their formats."""
    return sorted((name, form) for _, name, form, _ in Formatter().parse(text) if name is not None)


def calls():
    """Every call that takes a message: file, call and the arguments that are to be messages."""
    for path in SOURCES:
        name = path.relative_to(catalogue.PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = catalogue.called(node)
                if called in catalogue.SINGULAR:
                    yield name, node, node.args[:1]
                elif called in catalogue.PLURAL:
                    yield name, node, node.args[:2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_what_extracting_again_gives(language):
    assert catalogue.po_of(language).read_bytes() == catalogue.po_text(catalogue.merged(language)), (
        "run `python .ci/catalogue.py`"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language):
    known = {ids(message): message for message in read(language)}
    wanted = {(one,) if isinstance(one, str) else one for one in catalogue.messages()}
    assert known.keys() == wanted
    open_ = [
        key for key, message in known.items() if message.fuzzy or not all(catalogue.said(message.string))
    ]
    assert not open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_what_the_source_compiles_to(language):
    compiled = catalogue.po_of(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogue.mo_bytes(language), "run `python .ci/catalogue.py`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_message(language):
    for message in read(language):
        wanted = places(ids(message)[-1])
        for string in catalogue.said(message.string):
            assert places(string) == wanted, (message.id, string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_the_same_options_and_commands(language):
    for message in read(language):
        for string in catalogue.said(message.string):
            wanted = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", ids(message)[-1]))
            assert wanted == set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", string)), (message.id, string)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_as_its_message_does(language):
    ends = {".": "。", "?": "？", ":": "：", ";": "；"}
    for message in read(language):
        source = ids(message)[-1].rstrip()
        for string in catalogue.said(message.string):
            if source.endswith("..."):
                continue
            assert string[-1:] not in set(ends.values()) - {ends.get(source[-1], "")}, (message.id, string)
            if source[-1] in ends and not source.lower().endswith("no."):  # an abbreviation
                assert string.endswith(ends[source[-1]]), (message.id, string)


def test_a_message_is_a_literal_or_marked_where_it_is_declared():
    found: dict[str, set[str]] = {}
    for name, _call, arguments in calls():
        for argument in arguments:
            plain = bool(list(catalogue.literals(argument)))
            marked = isinstance(argument, ast.Call) and catalogue.called(argument) == "N_"
            if not (plain or marked):
                found.setdefault(name, set()).add(ast.unparse(argument))
    unknown = {name: extra for name, said in found.items() if (extra := said - LOOKED_UP.get(name, set()))}
    assert not unknown, "write the message out, or mark it with N_ where it stands"


def test_a_title_of_a_column_or_a_listing_is_marked():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Column", "Listing"):
                title = node.args[1]
                good = isinstance(title, ast.Attribute) or (
                    isinstance(title, ast.Call) and catalogue.called(title) == "N_"
                )
                assert good, f"{path.name}:{node.lineno}: {ast.unparse(title)}"


def test_every_kind_of_error_is_extracted():
    import svcq.errors as errors

    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
    assert kinds == catalogue.ERRORS | {"Counted"}


def test_extraction_finds_messages_in_all_their_shapes():
    source = """
_("one"); N_("two" "three"); Usage("four {x}", x=_("five")); Counted("six", "sixes", count=1)
raise errors.Refused(N_("seven")); _("eight" if x else "nine"); _(dynamic); Phrase(""); other("no")
Option(metavar="FILE"); Option(metavar="zh|en"); ngettext("ten", "tens", 1)
"""
    assert list(catalogue.of_source(source)) == [
        *("one", "twothree", "four {x}", "five", ("six", "sixes")),
        *("seven", "eight", "nine", "FILE", ("ten", "tens")),
    ]


def test_the_titles_of_the_rules_are_extracted():
    assert list(catalogue.of_policy('[rules.a.b]\ntitle = "One"\n[rules.a.c]\ntitle = "Two"\n')) == [
        "One",
        "Two",
    ]


def speak(asked):
    """What tests/locale/speak.py says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.locale.speak"],
        input=json.dumps(asked),
        cwd=ROOT,
        env=environment(PYTHONPATH=str(ROOT), SVCQ_LANG="zh", COLUMNS="80", NO_COLOR="1", PYTHONUTF8="1"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


ALLOWED = frozenset(
    (
        *(
            "svcq",
            "shell",
            "xlsx",
            "xls",
            "ods",
            "csv",
            "CSV",
            "toml",
            "TOML",
            "json",
            "UTC",
            "URL",
            "SQL",
            "PDF",
            "Excel",
        ),
        *("none", "today", "zh", "en", "ymd", "mdy", "dmy", "roll", "email", "phone", "gb18030"),
        *("customer", "staff", "contract", "call", "salesperson", "account_manager", "engineer"),
        *("handover", "follow_up", "issue", "step", "plan", "spot_check", "leave", "problem"),
        *("unit", "upgrade", "skip", "migration", "migration_check", "callback", "try"),
        *("confirmed", "wrong", "missing", "work", "leave"),
        *("HIS", "PACS", "LIS", "SVCQ", "Markdown", "SMTP", "quarter", "html", "md"),
    )
)
"""Words that are typed or named as they are, in any language."""


def english(text):
    """The English words of a text but options, what stands in back quotes, ids, addresses and files."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z|`[^`]*`|--?[A-Za-z][\w-]*|\{[^}]*\}", " ", text)
    text = re.sub(
        r"[\w.-]+@[\w.-]+|/[\w./-]+|[\w-]+\.(?:xlsx?|csv|toml|db)\b|\b[a-z_]+\.[a-z_]+\b", " ", text
    )
    words = re.findall(r"[A-Za-z]\w+(?:-\d[\w-]*)?", text, re.ASCII)
    return [word for word in words if word not in ALLOWED and not re.fullmatch(r"[A-Z]{1,2}(-?\d.*)?", word)]


def test_english_words_are_told_from_what_is_typed():
    assert english("合同 HT-2026-031 has --on `svcq contract` a.b x.csv CSV") == ["has"]


@pytest.fixture(scope="module")
def helps():
    return speak(None)


def test_every_help_page_is_in_chinese(helps):
    assert len(helps) > 40
    roles = {"qc", "regional_manager", "division_manager", "project_manager", "technical_lead", "upgrader"}
    for path, page in helps:
        text = page.partition("  示例：")[0]
        assert text.startswith(f"用法：{path}"), path
        text = text.removeprefix(f"用法：{path}")
        left = re.sub(r"(?m)^  ([a-z][a-z-]*|-.*?)(?=  |$)", "", text)  # commands and options
        assert not set(english(left)) - roles, (path, english(left))


def test_every_command_has_an_example_and_no_line_is_too_wide(helps):
    from svcq.output.cells import width

    for path, page in helps:
        body, _mark, example = page.partition("  示例：\n")
        assert all(width(line) <= 78 for line in body.split("\n") if "|md|" not in line), path
        if "  命令" not in page and "命令：" not in page:
            assert example.strip().startswith("svcq "), path


CALLS = [
    ["contract", "overdue", "-f", "table"],
    ["contract", "overdue", "--columns", "number,state,fine", "-f", "md"],
    ["contract", "list", "-f", "table", "--limit", "5"],
    ["contract", "expiring", "-f", "table"],
    ["contract", "show", "HT-2026-0026", "-f", "table"],
    ["contract", "show", "HT-2026-0026", "-f", "md"],
    ["customer", "list", "-f", "table", "--limit", "5"],
    ["staff", "list", "-f", "table", "--columns", "name,role,state", "--limit", "5"],
    ["staff", "duty", "-f", "table"],
    ["due", "--within", "7d", "-f", "table"],
    ["due", "--all", "-f", "table", "--limit", "40"],
    ["calendar", "due", "2026-09-28", "--workdays", "5", "--explain", "-f", "table"],
    ["calendar", "due", "2027-09-28", "--months", "1", "-f", "table"],
    ["calendar", "list", "2026-09-30", "2026-10-10", "-f", "table"],
    ["calendar", "off", "-f", "table"],
    ["policy", "live"],
    ["contract", "return", "HT-2026-0026", "--on", "2026-11-20", "--dry-run"],
    ["contract", "list", "--columns", "nonsense"],
    ["contract", "show", "HT-9999"],
    ["contract", "seal"],
    ["contract", "retrun", "x"],
    ["contract", "list", "x", "y"],
    ["due", "--within", "soon"],
    ["db", "check"],
    ["--db", "postgresql://u:p@127.0.0.1:1/d", "due"],
]


def test_listings_records_and_refusals_are_in_chinese(tmp_path):
    keys = re.compile(
        r"未显示：[^；]*；|有 [a-z_, ]+$|import 维护|[a-z]+(?: [a-z]+)? (?=维护|致电|客户)", re.M
    )
    for call, out, err in speak({"folder": str(tmp_path), "calls": CALLS}):
        assert out or err or call == "db check", call
        text = keys.sub("", f"{out}\n{err}").replace(str(tmp_path), "")
        text = re.sub(
            r"postgresql://\S+：.*", "", text
        )  # what the server's own library says of the way to it
        left = [w for w in english(text) if w not in ("nonsense", "retrun", "return", "soon")]
        assert not left, (call, left, out[:300], err)
