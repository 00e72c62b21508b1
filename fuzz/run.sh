#!/usr/bin/env bash
# Runs a target until its process has used that many seconds of processor time (1200 if none are said), however busy
# the machine is: fuzz/run.sh front_matter 1200. What it says is in fuzz/artifacts/<target>.log. An input may take five seconds of
# the clock; where other things run beside, FUZZ_TIMEOUT says how many.
set -euo pipefail
cd "$(dirname "$0")"
target="$1"
wanted="${2:-1200}"
program="${FUZZ_PROGRAM:-target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release/$target}"
[ -x "$program" ] || cargo +nightly fuzz build --release --debug-assertions "$target"
mkdir -p "corpus/$target" "artifacts/$target"
log="artifacts/$target.log"

# One thread each: what a run costs is to be seen, and no thread of a pool is to be taken for a leak.
RAYON_NUM_THREADS=1 "$program" "corpus/$target" "-dict=dictionaries/$target.dict" "-artifact_prefix=artifacts/$target/" \
  -timeout="${FUZZ_TIMEOUT:-5}" -rss_limit_mb=2048 -max_len=65536 -report_slow_units=1 -print_final_stats=1 >"$log" 2>&1 &
process=$!
while seconds="$(ps -o cputimes= -p "$process" | tr -d ' ')" && [ -n "$seconds" ] && [ "$seconds" -lt "$wanted" ]; do
  used="$seconds"
  sleep 2
done
# An interrupted run says its figures and ends with 72.
kill -TERM "$process" 2>/dev/null || true
ended=0
wait "$process" || ended=$?
echo "$target: ended with $ended after ${seconds:-${used:-0}} seconds of processor time" | tee -a "$log"
[ "$ended" = 72 ]
