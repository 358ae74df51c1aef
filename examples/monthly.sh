#!/bin/sh
# Makes the files of one month: monthly.sh [-d FOLDER] [YYYY-MM]
#   overdue.xlsx    contracts past their month and not back
#   feedback.xlsx   the tracking table for the commerce centre; making it records that it was sent
#   fines.csv       fines of contracts whose month ran out in that month
#   handover.xlsx   the hand-over information table: projects that are not eligible yet
#   stale.xlsx      problems that are past their two months and not closed
#   due.csv         every open or overdue obligation
#   report.xlsx     the figures of that month beside those of the month before, with charts
#   report.html     the same as a page for browsers, phones and paper
# Without a month: the one before today's. SVCQ_TODAY (as 2026-11-01) is honoured. Needs svcq on the PATH.
set -eu

usage() {
    echo "usage: monthly.sh [-d FOLDER] [YYYY-MM]" >&2
    exit 2
}

folder=.
while getopts d: option; do
    case $option in
        d) folder=$OPTARG ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || usage

if [ $# -eq 1 ]; then
    month=$1
else
    today=${SVCQ_TODAY:-$(date +%Y-%m-%d)}
    case $today in
        [0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]) ;;
        *) usage ;;
    esac
    year=${today%%-*}
    rest=${today#*-}
    number=${rest%%-*}
    number=${number#0}
    if [ "$number" -eq 1 ]; then
        year=$((year - 1))
        number=13
    fi
    month=$(printf '%s-%02d' "$year" $((number - 1)))
fi
case $month in
    [0-9][0-9][0-9][0-9]-0[1-9] | [0-9][0-9][0-9][0-9]-1[0-2]) ;;
    *) usage ;;
esac

target=$folder/$month
mkdir -p "$target"
half=$target/.fines.$$
trap 'rm -f "$half"' EXIT

svcq contract overdue -o "$target/overdue.xlsx"
svcq contract feedback --month "$month" -o "$target/feedback.xlsx"
svcq handover information -o "$target/handover.xlsx"
svcq issue stale -o "$target/stale.xlsx"
svcq due -f csv -o "$target/due.csv"
svcq report monthly "$month" -o "$target/report.xlsx" -o "$target/report.html"

# The first two columns hold no comma, so awk may split there; a fine belongs to the month of its due date.
svcq contract list -f csv \
    --columns fine,return_due_on,number,customer,salesperson,sealed_on,returned_on,days_overdue > "$half"
awk -F, -v month="$month" 'NR == 1 || ($1 + 0 > 0 && index($2, month) == 1)' "$half" > "$target/fines.csv"

echo "$target" >&2
