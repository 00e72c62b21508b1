#!/usr/bin/env python3
"""Makes up a fact-check desk and writes its content twice: for Meja and for Hugo.

    python3 corpus.py ARTICLES FOLDER [--quotes]

FOLDER/meja and FOLDER/hugo are then complete sites. The same number gives the same bytes everywhere.
With --quotes each claim is anchored to its words in the article, which Meja alone can do.
All names, claims, publishers and addresses are invented.
"""
import datetime
import json
import random
import shutil
import sys
from bisect import bisect
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).resolve().parent
VERDICTS = {"salah": 34, "menyesatkan": 26, "tanpa-bukti": 12, "sebagian-benar": 12, "benar": 8, "satire": 4, "usang": 4}
LAST_DAY = datetime.date(2024, 12, 31)
DAYS = 5 * 365

INDONESIAN = """yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih
kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti sebagai bahwa dapat para harus namun kita dua satu masih
hari hanya mengatakan kepada kami setelah melakukan lalu belum lain dia kalau terjadi banyak menurut anda hingga tak baru
pemilu suara calon presiden daerah kabupaten provinsi gubernur anggaran pajak harga beras minyak listrik banjir gempa cuaca
penelitian laporan dokumen pernyataan juru bicara arsip tangkapan layar narasi keliru konteks asli sumber resmi data statistik
peneliti universitas dokter rumah sakit polisi pengadilan undang aturan rancangan sidang berita media daring akun pesan berantai
penelusuran Jum'at pencarian gambar terbalik lokasi peta bendera spanduk pidato rekaman potongan menyebar viral dibagikan""".split()
ENGLISH = """the of and to a in is it that was for on with as he be at by had not are but from or have an they which one you
were all her she there would their we him been has when who will no more if out so up said what its about than into them can
home around small however found part school every ministry report agency budget health vaccine hospital election ballot
candidate governor province region tax price fuel rice power flood quake weather study paper statement spokesperson archive
screenshot footage clip speech recording caption context original source official record figure percent million billion
researcher university doctor police court bill law hearing news outlet account message chain search reverse image location
map banner flag posted shared viral misleading claim verify don't R&D isn't evidence footnote dataset survey sample census""".split()
SYLLABLES = {
    "id": "ba be bi bu ca da de di du ga ge ha ja ju ka ke ki ku la le lu ma me mu na ni pa pe ra re ri sa se si ta te ti wa ya ngan kan rang ber ter per".split(),
    "en": "al an ar con de di en er ex for gen hal in ing ist land ly ment mi mon ness on or out per pre re sion st sub ta ter tion un ver vi ward".split(),
}
FIRST = "Adi Agus Andi Ayu Bayu Budi Citra Dewi Dian Eka Fajar Fitri Hadi Indra Intan Joko Kartika Maya Nanda Putri Ratna Rizki Sari Surya Wahyu Anna Brian Clara Daniel Elena Felix Grace Henry Irene".split()
LAST = "Basuki Darmawan Effendi Gunawan Hakim Irawan Kurniawan Lubis Nugroho Pranoto Santoso Tanjung Utomo Wibowo Yulianto Hartono Siregar Nasution Halim Carter Doyle Ellis Foster Grant Hughes Morgan Price Turner Walsh".split()
TOPICS = "Politik Kesehatan Ekonomi Pemilu Bencana Lingkungan Teknologi Pendidikan Hukum Olahraga Hiburan Agama Pangan Energi Transportasi Migrasi Vaksin Anggaran Pajak Iklim Sejarah Sains Internet Keamanan Pariwisata Pertanian Perikanan Tambang Perumahan Upah Elections Health Economy Climate Technology Crime Science Energy Migration Education".split()
PUBLISHERS = ["Kantor Arsip Contoh", "Badan Data Contoh", "Harian Contoh", "Example Statistics Office", "Example Herald", "Kabar Contoh",
              "Example Health Agency", "Lembaga Riset Contoh", "Radio Contoh", "Example Wire", "Example Court Records", "Peta Contoh"]


def slug(text):
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in text.lower()).split())


class Writer:
    """Throws the dice: words of one language, as often as a newspaper repeats its words."""

    def __init__(self, dice, language, known):
        self.dice = dice
        words = dict.fromkeys(known)
        while len(words) < len(known) + 3000:
            word = "".join(dice.choices(SYLLABLES[language], k=dice.randint(2, 4)))
            if len(word) > 3:
                words[word] = None
        self.vocabulary = list(words)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(words))))

    def words(self, count):
        return self.dice.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def sentence(self, least=8, most=22, figures=True):
        dice = self.dice
        words = self.words(dice.randint(least, most))
        if len(words) > 11 and dice.random() < 0.6:
            words[dice.randint(4, len(words) - 4)] += ","
        if figures and dice.random() < 0.25:
            words[dice.randint(1, len(words) - 2)] = dice.choice(["{}%", "{} juta", "2{:03d}", "Rp{}.000"]).format(dice.randint(2, 97))
        return " ".join([words[0].capitalize(), *words[1:]])

    def paragraph(self, size):
        dice, sentences, length = self.dice, [], 0
        while length < size:
            words = self.sentence().split(" ")
            length += len(words)
            what = dice.random()
            if len(words) > 6 and what < 0.3:
                first, count = dice.randint(1, len(words) - 4), dice.randint(1, 3)
                inner = " ".join(words[first:first + count]).rstrip(",")
                address = f"https://{slug(dice.choice(PUBLISHERS))}.example/{dice.randint(2019, 2025)}/{dice.randint(1000, 99999)}"
                words[first:first + count] = [f"**{inner}**" if what < 0.1 else f"*{inner}*" if what < 0.2 else f"[{inner}]({address})"]
            sentences.append(" ".join(words) + ".")
        return " ".join(sentences)

    def body(self, claims):
        """Some 900 words with every kind of markup that an article has."""
        dice, notes = self.dice, []
        blocks = [self.paragraph(62), f"> {claims[0]['claim']}.", self.paragraph(55)]
        for section in range(4):
            blocks.append("## " + self.sentence(3, 7, False))
            text = self.paragraph(56)
            if section + 1 < len(claims):
                text += f" \"{claims[section + 1]['claim']}\", {self.sentence(5, 9, False)}."
            if section == 0 or dice.random() < 0.3:
                notes.append(f"[^{len(notes) + 1}]: {self.sentence(8, 16)}.")
                text += f"[^{len(notes)}]"
            blocks.append(text)
            what = dice.random()
            if what < 0.4:
                mark = "1." if dice.random() < 0.3 else "-"
                blocks.append("\n".join(f"{mark} {self.sentence(6, 14)}." for _ in range(dice.randint(3, 5))))
            elif what < 0.55:
                blocks.append("### " + self.sentence(3, 6, False))
            blocks.append(self.paragraph(56))
        if dice.random() < 0.3:
            rows = ["| " + " | ".join(word.capitalize() for word in self.words(3)) + " |", "| --- | --- | ---: |"]
            rows += [f"| {self.words(1)[0]} | {self.words(1)[0]} | {dice.randint(1, 9999)} |" for _ in range(dice.randint(3, 6))]
            blocks.append("\n".join(rows))
        return "\n\n".join([*blocks, self.paragraph(60), *notes]) + "\n"

    def source(self, day):
        dice, publisher = self.dice, self.dice.choice(PUBLISHERS)
        day -= datetime.timedelta(days=dice.randint(0, 400))
        words = "-".join(slug(word) for word in self.words(4))
        url = f"https://{slug(publisher)}.example/{day.year}/{day.month:02d}/{words}-{dice.randint(100, 99999)}"
        return {"title": self.sentence(5, 10, False), "publisher": publisher, "url": url,
                "archived": f"https://arsip.example/{day:%Y%m%d}{dice.randint(0, 235959):06d}/{url}", "date": day.isoformat()}


def articles(count):
    """The articles, oldest first."""
    dice = random.Random(1)
    writers = [Writer(dice, "id", INDONESIAN), Writer(dice, "en", ENGLISH)]
    names = {}
    while len(names) < 320:
        names[f"{dice.choice(FIRST)} {dice.choice(LAST)}"] = None
    authors, claimants = list(names)[:20], list(names)[20:]
    # A few speak a lot.
    often = list(accumulate(1 / (rank + 20) for rank in range(len(claimants))))
    for number, day in enumerate(sorted(dice.randrange(DAYS) for _ in range(count)), 1):
        writer = writers[dice.random() < 0.3]
        day = LAST_DAY - datetime.timedelta(days=DAYS - day)
        title = writer.sentence(6, 12, False)
        claims = [{
            "id": f"k{number:06d}-{claim + 1}",
            "claim": writer.sentence(10, 24),
            "verdict": dice.choices(list(VERDICTS), weights=list(VERDICTS.values()))[0],
            "claimant": claimants[bisect(often, dice.random() * often[-1])],
            "claimed_on": (day - datetime.timedelta(days=dice.randint(0, 60))).isoformat(),
            "finding": f"{writer.sentence()}. {writer.sentence()}.",
            "sources": [writer.source(day) for _ in range(dice.randint(2, 6))],
        } for claim in range(dice.choices([1, 2, 3, 4, 5], weights=[12, 23, 30, 23, 12])[0])]
        yield {"slug": f"{slug(title)[:60].strip('-')}-{number:06d}", "day": day, "title": title, "author": dice.choice(authors),
               "topics": dice.sample(TOPICS, dice.randint(1, 3)), "summary": writer.sentence(14, 24) + ".",
               "claims": claims, "body": writer.body(claims)}


def text(value):
    """A JSON text is a YAML text, too."""
    return json.dumps(value, ensure_ascii=False)


def front_matter(fields, claims, body):
    lines = [f"{key}: {value}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "claims:", *claims, "---", "", body])


def yaml_list(entries, indent, plain=()):
    """The entries of a list of mappings; texts are quoted but for the keys that are dates."""
    for entry in entries:
        mark = "- "
        for key, value in entry.items():
            if isinstance(value, list):
                yield f"{indent}  {key}:"
                yield from yaml_list(value, indent + "    ", plain)
            else:
                yield f"{indent}{mark}{key}: {value if key in plain else text(value)}"
            mark = "  "


def meja(article, quotes):
    """The file of an article: claims and their evidence stand in it."""
    claims = [{**claim, "quote": claim["claim"]} for claim in article["claims"]] if quotes else article["claims"]
    fields = {"title": text(article["title"]), "date": article["day"], "authors": text([article["author"]]),
              "topics": text(article["topics"]), "summary": text(article["summary"])}
    return front_matter(fields, yaml_list(claims, "  ", ("claimed_on", "date")), article["body"])


def hugo(article, moment):
    """The file of an article: of its claims, what its own page shows."""
    fields = {"title": text(article["title"]), "date": moment(0), "authors": text([article["author"]]),
              "topics": text(article["topics"]), "description": text(article["summary"])}
    claims = [{key: value for key, value in claim.items() if key != "sources"} for claim in article["claims"]]
    return front_matter(fields, yaml_list(claims, "  "), article["body"])


def hugo_claims(article, moment):
    """The claims of an article, as the content adapter of Hugo reads them."""
    for number, claim in enumerate(article["claims"], 1):
        others = [{"id": other["id"], "claim": other["claim"]} for other in article["claims"] if other is not claim]
        yield {**claim, "date": moment(number), "article": {"title": article["title"], "url": f"/articles/{article['slug']}/"},
               "others": others}


def main():
    count, folder, quotes = int(sys.argv[1]), Path(sys.argv[2]), "--quotes" in sys.argv[3:]
    for name in ("meja", "hugo"):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(HERE / name, folder / name)
        (folder / name / "content/articles").mkdir(parents=True, exist_ok=True)
    by_day, by_year = {}, {}
    for article in articles(count):
        by_day.setdefault(article["day"], []).append(article)
    for day, written in by_day.items():
        # Meja sorts what appeared on the same day by the names of the files, and the claims of an article as they stand
        # there. Hugo would sort by titles: minutes and seconds, which no page shows, give it the same order.
        for place, article in enumerate(sorted(written, key=lambda article: article["slug"])):
            def moment(number, end=datetime.datetime.combine(day, datetime.time(23, 59, 59)), place=place):
                return (end - datetime.timedelta(seconds=10 * place + number)).isoformat() + "Z"
            name = f"content/articles/{article['slug']}.md"
            (folder / "meja" / name).write_text(meja(article, quotes), encoding="utf-8")
            (folder / "hugo" / name).write_text(hugo(article, moment), encoding="utf-8")
            by_year.setdefault(day.year, []).extend(hugo_claims(article, moment))
    (folder / "hugo/assets/claims").mkdir(parents=True)
    for year, claims in by_year.items():
        lines = ",\n".join(text(claim) for claim in claims)
        (folder / f"hugo/assets/claims/{year}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{count} articles, {sum(map(len, by_year.values()))} claims")


if __name__ == "__main__":
    main()
