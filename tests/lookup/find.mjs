// Looks texts up as browsers do: `node find.mjs FOLDER < questions.json > answers.json`. FOLDER has the files
// of data/lookup/. A question is {"text", "typing", "most"}; each is answered by a fresh lookup,
// with the bytes that it fetched, gzipped. With "missing" the files whose names begin so fail once: the answer then
// says the error, too.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { Folder } from "../../static/assets/fold.js";
import { Lookup } from "../../static/assets/lookup.js";

const folder = process.argv[2];
const answers = [];
for (const { text, typing, most, missing } of JSON.parse(readFileSync(0, "utf8"))) {
  const fetched = [];
  let bytes = 0;
  let broken = missing !== undefined;
  const fetch = async (url) => {
    const name = url.replace(/^base\//, "").replace(/\?v=.*$/, "");
    if (broken && name.startsWith(missing)) return { ok: false, status: 404 };
    fetched.push(name);
    const file = readFileSync(join(folder, name));
    bytes += gzipSync(file, { level: 9 }).length;
    return { ok: true, json: async () => JSON.parse(file.toString("utf8")) };
  };
  const lookup = new Lookup({ base: "base/", Folder, fetch });
  const error = broken ? await lookup.find(text).then(() => null, (error) => error.message) : null;
  broken = false;
  await lookup.ready();
  const start = performance.now();
  const { hits, words, understood, weak } = await lookup.find(text, { typing, most });
  const time = performance.now() - start;
  const found = bytes;
  await lookup.claims(hits.slice(0, 10).map((hit) => hit.claim));
  const twice = fetched.length - new Set(fetched).size;
  answers.push({ error, hits, words, understood, weak, files: fetched.length, twice, found, bytes, time });
}
process.stdout.write(JSON.stringify(answers));
