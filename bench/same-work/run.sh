#!/usr/bin/env bash
# Meja and Hugo make the same site from the same made-up desk; prints what each needed.
#
#   ./run.sh ARTICLES [--quotes]
#
# MEJA and HUGO name the programs, ROUNDS how often each builds, TMPDIR where sites are written: best a file system in
# memory, or the disk is measured too. Needs Python 3 and GNU time.
set -euo pipefail
articles=${1:?how many articles}
shift
here=$(cd "$(dirname "$0")" && pwd)
meja=${MEJA:-$here/../../target/release/meja}
hugo=${HUGO:-hugo}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$hugo" version | cut -d ' ' -f 1,2
"$meja" --version
python3 "$here/corpus.py" "$articles" "$work" "$@"

build() {
  rm -rf "$work/out-$1"
  case $1 in
    meja) set -- meja "$meja" build --quiet --root "$work/meja" --out "$work/out-meja" ;;
    hugo) set -- hugo "$hugo" --quiet --source "$work/hugo" --destination "$work/out-hugo" ;;
  esac
  local name=$1
  shift
  if ! /usr/bin/time -a -o "$work/times-$name" -f '%e %U %S %M' "$@" >"$work/log" 2>&1; then
    cat "$work/log" >&2
    exit 1
  fi
  tail -n 1 "$work/times-$name" | awk -v name="$name" '{ printf "%s %8.2f s %8.2f s %8.0f MiB\n", name, $1, $2 + $3, $4 / 1024 }'
}

# The first builds read the programs and the content into memory: they are looked at, and not counted.
build meja >/dev/null
build hugo >/dev/null
python3 "$here/equal.py" "$work/out-meja" "$work/out-hugo"
for name in meja hugo; do
  find "$work/out-$name" -type f -printf '%s\n' | awk -v name="$name" '{ bytes += $1 } END { printf "%s %d files, %.1f MB\n", name, NR, bytes / 1e6 }'
done
rm "$work"/times-*

echo "          wall  processors     memory"
for round in $(seq "${ROUNDS:-5}"); do
  # Each goes first as often as the other.
  if ((round % 2)); then build meja && build hugo; else build hugo && build meja; fi
done
for name in meja hugo; do
  for column in '$1' '$2 + $3' '$4 / 1024'; do
    awk "{ print $column }" "$work/times-$name" | sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'
  done | paste -s -d ' ' | awk -v name="$name" '{ printf "median of %s: %.2f s wall, %.2f s of processors, %.0f MiB\n", name, $1, $2, $3 }'
done
