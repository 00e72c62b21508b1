// Pagefind 1.6: a page for each claim, indexed by its command; asked in Chromium over a local server, a new
// instance for each query, so that nothing is cached. `--one-language` indexes all claims as Indonesian.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { claims, kb, queries, rank, report, work } from './common.mjs';

const one = process.argv.includes('--one-language');
const site = fileURLToPath(new URL('site/', work));
rmSync(site, { recursive: true, force: true });
const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
claims.forEach((claim, at) => {
  const folder = `${site}c/${Math.floor(at / 100)}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${at}.html`, `<!doctype html><html lang="${claim.lang}"><title>${escape(claim.claim)}</title>
<main data-pagefind-body><h1 data-pagefind-weight="10">${escape(claim.claim)}</h1>
<p data-pagefind-weight="5">${escape(claim.title)}</p><p>${escape(claim.finding)}</p>
<p data-pagefind-weight="5">${escape(claim.claimant)}</p><p>${escape(claim.topics.join(', '))}</p></main></html>`);
});

let time = performance.now();
const binary = fileURLToPath(new URL('node_modules/.bin/pagefind', import.meta.url));
const run = spawnSync(binary, ['--site', site, ...(one ? ['--force-language', 'id'] : [])], { encoding: 'utf8' });
if (run.status) throw new Error(run.stderr + run.stdout);
const build = performance.now() - time;

const files = readdirSync(`${site}pagefind`, { recursive: true }).map(String)
  .filter((file) => /\.(pf_\w+)$|entry\.json$/.test(file));
const size = (kind) => files.filter((file) => kind.test(file))
  .reduce((sum, file) => sum + statSync(`${site}pagefind/${file}`).size, 0);

// Counts what goes out: data, and code beside it. Pagefind's own files are compressed already.
const sent = { data: 0, code: 0 };
const types = { html: 'text/html', js: 'text/javascript', json: 'application/json', pagefind: 'application/wasm' };
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname).replace('/other/', '/');
  const ending = path.split('.').pop();
  let body;
  try {
    body = path === '/' ? Buffer.from('<!doctype html><html lang="id"><title>x</title></html>') : readFileSync(site + path);
  } catch {
    response.writeHead(404).end();
    return;
  }
  const header = { 'content-type': types[ending] ?? 'application/octet-stream', 'cache-control': 'no-store' };
  if (ending === 'js' || ending === 'json') {
    body = gzipSync(body, { level: 9 });
    header['content-encoding'] = 'gzip';
  }
  if (path === '/') header['content-type'] = 'text/html';
  else if (ending === 'js' || ending === 'pagefind') sent.code += body.length;
  else sent.data += body.length;
  response.writeHead(200, header).end(body);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
await page.goto(base);
const [ranks, data, times] = [[], [], []];
for (const [at, query] of queries.entries()) {
  if (at % 50 === 49) await page.goto(base);
  sent.data = sent.code = 0;
  const answer = await page.evaluate(async ({ text, at, one }) => {
    const pagefind = await import(`/pagefind/pagefind.js?${at}`);
    await pagefind.init();
    // The other language of the desk: without this a reader of one finds nothing of the other. Its own
    // address is skipped, so the same files are served by a second one.
    if (!one) await pagefind.mergeIndex(`${location.origin}/other/pagefind/`, { language: 'en' });
    const time = performance.now();
    const { results } = await pagefind.search(text);
    const five = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    return { urls: five.map((hit) => hit.url), ids: results.length, time: performance.now() - time };
  }, { text: query.query, at, one });
  data.push(sent.data);
  times.push(answer.time);
  const rest = await page.evaluate(async ({ text, at }) => {
    const pagefind = await import(`/pagefind/pagefind.js?${at}`);
    const { results } = await pagefind.search(text);
    return (await Promise.all(results.slice(5, 10).map((result) => result.data()))).map((hit) => hit.url);
  }, { text: query.query, at });
  const names = [...answer.urls, ...rest].map((url) => claims[Number(/(\d+)\.html/.exec(url)[1])].name);
  ranks.push(rank(query, names));
}
const code = sent.code;
await browser.close();
server.close();
times.sort((a, b) => a - b);
report(`Pagefind${one ? ', all as one language' : ''}`, ranks, {
  'build time': `${(build / 1000).toFixed(1)} s`,
  'index size': `${kb(size(/pf_index|pf_meta|entry/))} and ${kb(size(/fragment/))} of result cards`,
  'code besides': kb(code),
  'a query, with its data': `median ${times[times.length >> 1].toFixed(0)} ms`,
}, data);
