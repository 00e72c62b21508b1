#!/usr/bin/env bash
# Fills the corpora from what the repository has: the case files, the demo desk, and `seeds/`.
set -euo pipefail
cd "$(dirname "$0")"

for target in seeds/*; do
  mkdir -p "corpus/${target#seeds/}"
  cp "$target"/* "corpus/${target#seeds/}/"
done

# The sections of a case are files; how each is written (`crlf`, `latin1`) is no matter here.
for case in ../tests/cases/*.case; do
  awk -v name="$(basename "$case" .case)" '
    /^== / {
      out = ""
      if ($2 ~ /^content\/.*\.md$/) out = "corpus/front_matter/" name "-" ++count ".md"
      if ($2 == "site.yaml") out = "corpus/site_yaml/" name ".yaml"
      next
    }
    out && /^!repeat / { sub(/^!repeat [0-9]+ /, "") }
    out { print > out }
  ' "$case"
done
cp ../site.yaml corpus/site_yaml/demo.yaml
find ../content -name '*.md' -print0 | while IFS= read -r -d '' file; do
  cp "$file" "corpus/front_matter/demo-$(echo "${file#../content/}" | tr / -)"
done

# For Markdown, the quotations of the front matter stand above the text; for the lookup, claims and headlines.
for file in corpus/front_matter/*.md; do
  name="$(basename "$file" .md)"
  awk '
    /^---/ && marks < 2 { if (++marks == 2) { printf "%s%%%%\n", quotes == "" ? "\n" : quotes }; next }
    marks < 2 && /^ +quote: / { sub(/^ +quote: */, ""); gsub(/^"|"$/, ""); quotes = quotes $0 "\n"; next }
    marks == 2
  ' "$file" > "corpus/markdown/$name.md"
  awk '
    /^---/ { if (++marks == 2) print "%%" ; next }
    marks == 1 && /^(title:| +(- )?claim:| +finding:)/ { sub(/^[^:]*: */, ""); print }
    marks > 1 && /./ { print; exit }
  ' "$file" > "corpus/lookup/$name.txt"
done
find corpus -type f -empty -delete
for target in corpus/*; do echo "$(find "$target" -type f | wc -l) ${target#corpus/}"; done

# The keys that the schema knows, as words for the front matter and the settings.
for made in front_matter:article,page,person site_yaml:site; do
  awk -v wanted=",${made#*:}," -v q='"' '
    /^## / { inside = index(wanted, "," $2 ",") }
    inside && /^\| `[a-z_0-9]+`/ { split($0, part, "`"); print q part[2] q; print q part[2] ": " q }
  ' ../docs/front-matter.md | sort -u > "dictionaries/${made%%:*}.dict"
  cat >> "dictionaries/${made%%:*}.dict" <<'WORDS'
"---\x0a"
"\x0a  - "
": "
" #"
"|\x0a"
">-\x0a"
"{"
"}"
"["
"]"
"&a "
"*a"
"!!str "
"<<: "
"? "
"~"
"'"
"\\u"
"\x09"
"\xef\xbb\xbf"
"\x0d\x0a"
"2024-11-13"
"T08:30:00+07:00"
"https://a.example/"
"\xe2\x80\x9c"
"\xe2\x80\xae"
WORDS
done
