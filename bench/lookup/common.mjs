// What all lookups are asked, and how their answers count. The same rules as tests/lookup/measure.rs.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const root = new URL('../../', import.meta.url);
export const work = new URL('target/lookup-peers/', root);
// With `--held-out`, the queries that nothing was tuned on.
const asked = process.argv.includes('--held-out') ? 'held_out' : 'queries';
export const queries = JSON.parse(readFileSync(new URL(`tests/lookup/${asked}.json`, root)));

/** The claims, written by `cargo run --release --example relevance -- --claims > target/lookup-claims.jsonl`. */
export const claims = readFileSync(new URL('target/lookup-claims.jsonl', root), 'utf8')
  .trim().split('\n').map((line) => JSON.parse(line));

export const gz = (data) => gzipSync(data, { level: 9 }).length;
export const kb = (bytes) => (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0) + ' kB';

/** The rank of what was expected among ten names; that nothing was found is 1 if nothing should be. */
export function rank(query, names) {
  if (!query.expect.length) return names.length ? 0 : 1;
  return names.slice(0, 10).findIndex((name) => query.expect.includes(name)) + 1;
}

/** Prints hit@1, hit@5 and MRR by class and in all, and the bytes a query fetches when nothing is cached. */
export function report(name, ranks, facts, bytes) {
  console.log(`\n# ${name}`);
  for (const [what, value] of Object.entries(facts)) console.log(`${what}: ${value}`);
  if (bytes) {
    const sorted = [...bytes].sort((a, b) => a - b);
    console.log(`bytes a cold query: median ${kb(sorted[sorted.length >> 1])}, most ${kb(sorted.at(-1))}`);
  }
  const classes = new Map();
  queries.forEach((query, at) => {
    for (const key of [query.class, 'all']) {
      const one = classes.get(key) ?? { n: 0, first: 0, five: 0, reciprocal: 0 };
      classes.set(key, one);
      one.n += 1;
      if (ranks[at] === 1) one.first += 1;
      if (ranks[at] && ranks[at] <= 5) one.five += 1;
      if (ranks[at]) one.reciprocal += 1 / ranks[at];
    }
  });
  const all = classes.get('all');
  classes.delete('all');
  console.log('class           n   hit@1   hit@5     MRR');
  for (const [key, one] of [...classes, ['all', all]]) {
    const of = (value) => ((100 * value) / one.n).toFixed(1).padStart(7);
    console.log(key.padEnd(12), String(one.n).padStart(4), of(one.first), of(one.five), (one.reciprocal / one.n).toFixed(3).padStart(7));
  }
}
