#!/usr/bin/env python3
"""Do two folders hold the same site? Fails if any page does not.

    python3 equal.py MEJA HUGO

Compared for every page: that both have it, its title and meta elements, its words and signs (how often each stands there), its links
(the same), its list entries and headings (how many), and its JSON-LD, parsed.
"""
import json
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

# Signs that each writes in its own way: what leads back from a footnote, and what leads to a heading.
SIGNS = ("footnote-back", "footnote-backref", "anchor")
# Pages that Meja makes besides, as no setting leaves them out: the claims of a topic with one verdict. They are counted, not compared.
MORE = re.compile(r"/topics/[^/]+/(?!page/)")


class Page(HTMLParser):
    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.words, self.links, self.elements, self.head, self.json_ld = Counter(), Counter(), Counter(), [], []
        self.inside, self.sign = None, False
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attributes):
        attributes = {name: value or "" for name, value in attributes}
        if tag == "script":
            if attributes.get("type") != "application/ld+json":
                raise ValueError("a script that is no JSON-LD")
            self.inside = "json"
        elif tag == "title":
            self.inside = "title"
        elif tag == "meta":
            self.head.append(tuple(sorted(attributes.items())))
        elif tag == "link" and attributes["rel"] == "canonical":
            self.head.append(("canonical", attributes["href"]))
        elif tag == "a":
            self.sign = attributes.get("class") in SIGNS
            if not attributes["href"].startswith("#"):
                self.links[unquote(attributes["href"]), attributes.get("rel")] += 1
        if tag in ("li", "h1", "h2", "h3", "p", "blockquote", "time", "em", "strong", "tr", "td", "sup"):
            self.elements[tag] += 1

    def handle_endtag(self, tag):
        if tag in ("script", "title"):
            self.inside = None
        elif tag == "a":
            self.sign = False

    def handle_data(self, data):
        if self.inside == "json":
            self.json_ld.append(json.loads(data))
        elif self.inside == "title":
            self.head.append(("title", data))
        elif not self.sign:
            self.words.update(re.findall(r"\w+|[^\w\s]", data))


def kind(address):
    parts = address.strip("/").split("/")
    if parts == [""]:
        return "home"
    if "page" in parts:
        return f"{parts[0]}: further pages of lists"
    if len(parts) == 1:
        return f"{parts[0]}: first page or index"
    return {"articles": "article", "claims": "claim"}.get(parts[0], f"{parts[0]}: lists")


def pages(folder):
    return {"/" + str(path.relative_to(folder)).removesuffix("index.html"): path for path in folder.rglob("*.html")}


def other_files(folder):
    """What is no page, by name; digests in names are taken away."""
    files = (path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".html")
    return Counter(re.sub(r"\.[0-9a-f]{10}\.", ".", name) for name in files)


def differences(address, one, other):
    """What two pages have of different, as (what, only here, only there)."""
    # Of a further page of a list, Meja names the address itself and Hugo that of the first page.
    own = {"canonical", "og:url"} if "/page/" in address or address == "/404.html" else set()
    # Hugo calls the page for what is not there by another title than Meja.
    own |= {"title", "og:title"} if address == "/404.html" else set()

    def head(page):
        return Counter(entry for entry in page.head if not own & {entry[0], entry[-1][-1]})

    compared = {"head": (head(one), head(other)), "words": (one.words, other.words), "links": (one.links, other.links),
                "elements": (one.elements, other.elements)}
    for what, (here, there) in compared.items():
        if here != there:
            yield what, here - there, there - here
    if one.json_ld != other.json_ld:
        yield "JSON-LD", one.json_ld, other.json_ld


def main():
    names, folders = ("Meja", "Hugo"), [Path(folder) for folder in sys.argv[1:3]]
    sites = [pages(folder) for folder in folders]
    failed = Counter()
    for name, site, other in zip(names, sites, reversed(sites)):
        alone = sorted(set(site) - set(other))
        if name == "Meja":
            more = [address for address in alone if MORE.match(address)]
            alone = sorted(set(alone) - set(more))
            print(f"{len(more):8} pages that Meja makes besides")
        if alone:
            failed["pages that only one makes"] += len(alone)
            print(f"only {name} makes {len(alone)} pages, such as {alone[:3]}")
    counts, totals = Counter(), Counter()
    for address in sorted(set(sites[0]) & set(sites[1])):
        both = [Page(site[address]) for site in sites]
        counts[kind(address)] += 1
        totals.update(words=both[0].words.total(), links=both[0].links.total(), records=len(both[0].json_ld))
        for what, here, there in differences(address, *both):
            failed[what] += 1
            if failed[what] <= 3:
                print(f"{address}: {what}\n  only Meja: {here}\n  only Hugo: {there}")
    for what, count in sorted(counts.items()):
        print(f"{count:8} {what}")
    for name, files in zip(names, map(other_files, folders)):
        print(f"beside pages, {name} makes", ", ".join(f"{count} {file}" if count > 1 else file for file, count in sorted(files.items())))
    if failed or not counts["claim"] or not counts["article"]:
        sys.exit(f"NOT the same: {dict(failed) or 'there are no pages'}")
    print(f"the same: {counts.total()} pages, {totals['words']} words, {totals['links']} links, {totals['records']} records")


if __name__ == "__main__":
    main()
