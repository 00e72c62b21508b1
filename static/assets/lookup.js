// Claim lookup over the files of data/lookup/. docs/lookup.md says the rules; src/lookup follows the same.

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const count = (word) => [...word].length;
const take = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);

const hash = (key) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

// How many letters are wrong, missing, too many or swapped.
const distance = (a, b) => {
  let [before, last] = [[], [...b, 0].map((_, at) => at)];
  a.forEach((letter, row) => {
    const next = [row + 1];
    b.forEach((other, at) => {
      const ways = [last[at] + (letter !== other), last[at + 1] + 1, next[at] + 1];
      if (row && at && letter === b[at - 1] && a[row - 1] === other) ways.push(before[at - 1] + 1);
      next.push(Math.min(...ways));
    });
    [before, last] = [last, next];
  });
  return last[b.length];
};

export class Lookup {
  #files = new Map();
  #forms = new Map(); // form -> its stems
  #having = new Map(); // stem -> how many claims have it

  constructor({ base, Folder, fetch = (...all) => globalThis.fetch(...all) }) {
    Object.assign(this, { base, Folder, fetch });
  }

  // What all lookups need.
  ready() {
    return this.#file("index.json", (index) => {
      Object.assign(this, { index, rank: index.rules?.rank });
      if (index.claims) this.folder = new this.Folder(index.rules.fold);
    });
  }

  async find(text, { typing = false, most = 10, wanted = () => true } = {}) {
    await this.ready();
    const { rank, index } = this;
    const nothing = { hits: [], words: [], understood: 0, weak: false, marks: new Set() };
    if (!index.claims) return nothing;
    text = text.slice(0, rank.text).replace(/[\ud800-\udbff]$/, "");
    const asked = new Map();
    let open;
    for (const { key } of this.folder.words(text)) {
      open = this.folder.isStop(key) ? undefined : key;
      if (open !== undefined) asked.set(key, (asked.get(key) ?? 0) + 1);
    }
    const long = asked.size > rank.long;
    if (!typing || long || /[ \t\r\n]$/.test(text)) open = undefined;
    let keys = [...asked.keys()];
    const places = new Map(keys.map((key, at) => [key, at]));
    const inOrder = (a, b) => places.get(a) - places.get(b);
    keys.sort((a, b) => asked.get(b) - asked.get(a) || count(b) - count(a) || inOrder(a, b));
    keys = keys.slice(0, rank.keys).sort(inOrder);
    await this.#learn(keys);
    let guesses = 0;
    const ways = await Promise.all(
      keys.map(async (key) => {
        const exact = this.#ways([key], rank.weights[0], rank.ways);
        if (exact.length) return key === open ? exact.concat(await this.#begun(key)) : exact;
        const guess = !long || (count(key) >= rank.guess && guesses++ < rank.guesses);
        return guess ? this.#guess(key, long, key === open) : [];
      }),
    );

    // Each stem belongs to the word that means it most surely.
    const owners = new Map();
    ways.flatMap((ways, place) => ways.map((way) => Object.assign(way, { place }))).forEach((way) => {
      if (!(owners.get(way.stem)?.weight >= way.weight)) owners.set(way.stem, way);
    });
    let sought = keys.flatMap((key, place) => {
      const own = ways[place].filter((way) => owners.get(way.stem) === way);
      if (own.length) return { key, ways: own, having: own[0].having, weight: this.#idf(own[0].having) };
      return ways[place].length || long ? [] : { key, ways: [], weight: rank.unknown };
    });
    const words = keys.filter((_, place) => ways[place].length);
    if (long) {
      sought.sort((a, b) => a.having - b.having || asked.get(b.key) - asked.get(a.key) || inOrder(a.key, b.key));
      sought = sought.slice(0, rank.rarest).sort((a, b) => inOrder(a.key, b.key));
    }
    const sum = (all) => all.reduce((sum, one) => sum + one.weight, 0);
    const all = sum(sought);
    const understood = all ? Math.floor((sum(sought.filter((one) => one.ways.length)) * 100) / all) : 0;
    const selected = new Set(sought.flatMap((one) => one.ways).sort((a, b) => b.weight - a.weight).slice(0, rank.stems));
    await Promise.all([...selected].map(async (way) => (way.claims = await this.#claims(way.stem))));

    const [score, weight, best] = [0, 0, 0].map(() => new Float64Array(index.claims));
    const found = new Set();
    for (const one of sought) {
      const quarters = long ? 3 + Math.min(asked.get(one.key), rank.times) : 4;
      const touched = new Set();
      for (const way of one.ways.filter((way) => selected.has(way))) {
        const value = this.#idf(way.having) * way.weight * quarters;
        for (const [claim, impact] of way.claims) {
          touched.add(claim);
          best[claim] = Math.max(best[claim], value * impact);
        }
      }
      for (const claim of touched) {
        found.add(claim);
        score[claim] += best[claim];
        weight[claim] += one.weight;
        best[claim] = 0;
      }
    }
    let hits = [...found].map((claim) => {
      const share = Math.floor((weight[claim] * 100) / all);
      return { claim, share, score: Math.floor((score[claim] * (rank.cover[+long] + share)) / 16384) };
    });
    hits = hits.filter(({ claim, share }) => share >= rank.share[+long] && wanted(claim));
    const top = hits.reduce((top, hit) => Math.max(top, hit.score), 0);
    hits = hits.filter((hit) => hit.score * 100 >= top * rank.cut);
    hits.sort((a, b) => b.score - a.score || b.claim - a.claim);
    const weak = !!hits[0] && (long ? hits[0].score < rank.weak[1] : hits[0].share <= rank.weak[0]);
    const marks = new Set(words);
    const stems = new Set([...owners.keys()]);
    for (const [form, its] of this.#forms) if ([...its].some((stem) => stems.has(stem))) marks.add(form);
    return { hits: hits.slice(0, most), words, understood, weak, marks };
  }

  // What a list of results shows of claims, by their positions.
  async claims(positions) {
    await this.ready();
    const { block } = this.index;
    return Promise.all(
      positions.map(async (claim) => (await this.#shard("claims", Math.floor(claim / block))).claims[claim % block]),
    );
  }

  // What claims can be filtered by.
  async facets() {
    await this.ready();
    return this.#file("facets.json");
  }

  // A file, asked for once; after a failure it may be asked for again.
  #file(name, read = (file) => file) {
    return take(this.#files, name, async () => {
      try {
        const first = name === "index.json";
        const { fetch } = this;
        const url = this.base + name + (first ? "" : `?v=${this.index.digest}`);
        const answer = await fetch(url, first ? { cache: "no-cache" } : {});
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        return read(await answer.json());
      } catch (error) {
        this.#files.delete(name);
        throw error;
      }
    });
  }

  #shard(kind, number, read) {
    return this.#file(`${kind}/${String(number).padStart(3, "0")}.json`, read);
  }

  #hashed(kind, key, read = (file) => new Map(Object.entries(file))) {
    return this.#shard(kind, hash(key) % this.index.shards[kind], read);
  }

  // Brings the files that know some words.
  #learn(keys) {
    const read = (file) => {
      for (const [stem, [having, forms]] of Object.entries(file)) {
        this.#having.set(stem, having);
        for (const form of [stem, ...(forms?.split(" ") ?? [])]) {
          take(this.#forms, form, () => new Set()).add(stem);
        }
      }
    };
    return Promise.all(keys.map((key) => this.#hashed("words", key, read)));
  }

  async #claims(stem) {
    const postings = (await this.#hashed("stems", stem)).get(stem) ?? "";
    let claim = -1;
    return Array.from(postings.matchAll(/(\D)(\d*)/g), ([, letter, delta]) => {
      claim += +delta || 1;
      const code = letter.charCodeAt(0);
      return [claim, code - (code > 96 ? 70 : 64)];
    });
  }

  // By what a form is put together with others: how it begins, how it ends, which letters it has.
  #grams(form) {
    const { heads, tails, sorted } = this.rank;
    const letters = [...form];
    const cut = (size, last) => (last ? letters.slice(-size) : letters.slice(0, size)).join("");
    const part = (many, last) => cut(many.includes(cut(3, last)) ? 5 : 3, last);
    const grams = ["^" + part(heads), "$" + part(tails, true)];
    return letters.length > sorted ? grams : [...grams, "~" + letters.sort(order).join("")];
  }

  // The forms that have a gram, the most frequent first.
  async #sharing(gram) {
    return (await this.#hashed("grams", gram)).get(gram)?.split(" ") ?? [];
  }

  // The logarithm, by a straight line between powers of two.
  #idf(having) {
    const proportion = Math.max(256, Math.floor((256 * (Math.max(this.index.claims, this.rank.claims) + 1)) / (having + 1)));
    const power = 31 - Math.clz32(proportion);
    return Math.max(this.rank.idf, power * 256 + ((proportion >>> (power - 8)) & 255) - 2048);
  }

  // The stems of forms, the most frequent first.
  #ways(forms, weight, most) {
    const stems = new Set(forms.flatMap((form) => [...(this.#forms.get(form) ?? [])]));
    const all = [...stems].map((stem) => ({ stem, weight, having: this.#having.get(stem) }));
    return all.sort((a, b) => b.having - a.having || order(a.stem, b.stem)).slice(0, most);
  }

  async #begun(key) {
    const { weights, ways, begun } = this.rank;
    const forms = (await this.#sharing(this.#grams(key)[0])).filter((form) => form.startsWith(key));
    forms.length = Math.min(forms.length, begun);
    await this.#learn(forms);
    return this.#ways(forms, weights[2], ways);
  }

  // The stems of a word that no claim has.
  async #guess(key, long, open) {
    const { rank } = this;
    const peels = this.#peels(key);
    await this.#learn(peels);
    const known = peels.filter((peel) => this.#forms.has(peel));
    if (known.length) {
      const longest = known.reduce((best, next) => (count(next) > count(best) ? next : best));
      return this.#ways([longest], rank.weights[1], rank.ways);
    }
    const begun = !open && (long || count(key) < rank.least) ? [] : await this.#begun(key);
    if (begun.length) return begun;
    for (const gram of this.#grams(key)) {
      const ways = await this.#misspelt(key, gram);
      if (ways.length || long) return ways;
    }
    return [];
  }

  #peels(key) {
    const { before, after, least } = this.rank;
    const begins = before.filter(([begin]) => key.startsWith(begin));
    const starts = [key, ...begins.map(([begin, instead]) => instead + key.slice(begin.length))];
    const ends = (start) => after.filter((end) => start.endsWith(end)).map((end) => start.slice(0, -end.length));
    const peels = new Set(starts.flatMap((start) => [start, ...ends(start)]));
    return [...peels].filter((peel) => peel !== key && count(peel) >= least);
  }

  // The stems of the forms that differ least from a word.
  async #misspelt(key, gram) {
    const { rank } = this;
    const letters = [...key];
    let least = rank.typo.filter((size) => size <= letters.length).length;
    if (!least) return [];
    let nearest = [];
    for (const form of await this.#sharing(gram)) {
      const other = [...form];
      if (Math.abs(other.length - letters.length) > least) continue;
      const wrong = distance(letters, other);
      if (wrong > least) continue;
      if (wrong < least) nearest = [];
      nearest.push(form);
      least = wrong;
    }
    const few = nearest.slice(0, rank.typoWays);
    await this.#learn(few);
    return this.#ways(few, rank.weights[2 + least], rank.typoWays);
  }
}
