// Asks the files of `cargo run --release --example lookup -- 30000 FOLDER` in Chromium: `node chromium.mjs FOLDER`. Each
// question is asked by a fresh lookup, which fetches, and once more, when its data is there.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const folder = resolve(process.argv[2]);
const scripts = fileURLToPath(new URL('../../static/assets/', import.meta.url));
const { asked, short } = JSON.parse(readFileSync(join(folder, 'asked.json')));

let sent = 0;
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,"><title>x</title>');
  const script = path.startsWith('/assets/');
  const body = gzipSync(readFileSync(script ? join(scripts, path.slice(8)) : join(folder, path)), { level: 9 });
  if (!script) sent += body.length;
  const type = script ? 'text/javascript' : 'application/json';
  response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': 'no-store' }).end(body);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const measured = [];
for (const text of asked) {
  const before = sent;
  const times = await page.evaluate(async (text) => {
    const [{ Folder }, { Lookup }] = await Promise.all([import('/assets/fold.js'), import('/assets/lookup.js')]);
    const lookup = new Lookup({ base: '/', Folder });
    const timed = async () => {
      const start = performance.now();
      const { hits } = await lookup.find(text);
      return [performance.now() - start, hits];
    };
    const [cold, hits] = await timed();
    const [warm] = await timed();
    await lookup.claims(hits.map(({ claim }) => claim));
    return { cold, warm };
  }, text);
  measured.push({ ...times, bytes: sent - before });
}
console.log(await browser.version());
for (const [name, part] of [['questions', measured.slice(0, short)], ['messages', measured.slice(short)]]) {
  for (const what of ['cold', 'warm', 'bytes']) {
    const all = part.map((one) => one[what]).sort((a, b) => a - b);
    const unit = what === 'bytes' ? 'bytes with index.json and ten cards' : 'ms';
    console.log(`${name} ${what}: median ${all[all.length >> 1].toFixed(1)}, most ${all.at(-1).toFixed(1)} ${unit}`);
  }
}
await browser.close();
server.close();
