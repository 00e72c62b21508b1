// Looks texts up as browsers do: `node find.mjs FOLDER < questions.json > answers.json`. FOLDER has the files
// of data/lookup/. A question is {"text", "typing", "most"}; each is answered by a fresh lookup,
// with the bytes that it fetched, gzipped.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { Folder } from "../../static/assets/fold.js";
import { Lookup } from "../../static/assets/lookup.js";

const folder = process.argv[2];
const answers = [];
for (const { text, typing, most } of JSON.parse(readFileSync(0, "utf8"))) {
  const fetched = [];
  let bytes = 0;
  const fetch = async (url) => {
    const name = url.replace(/^base\//, "").replace(/\?v=.*$/, "");
    fetched.push(name);
    const file = readFileSync(join(folder, name));
    bytes += gzipSync(file, { level: 9 }).length;
    return { ok: true, json: async () => JSON.parse(file.toString("utf8")) };
  };
  const lookup = new Lookup({ base: "base/", Folder, fetch });
  await lookup.ready();
  const start = performance.now();
  const { hits, words, understood } = await lookup.find(text, { typing, most });
  const time = performance.now() - start;
  const found = bytes;
  await lookup.claims(hits.slice(0, 10).map((hit) => hit.claim));
  const twice = fetched.length - new Set(fetched).size;
  answers.push({ hits, words, understood, files: fetched.length, twice, found, bytes, time });
}
process.stdout.write(JSON.stringify(answers));
