// MiniSearch 7: the whole index is one file, which the browser loads before the first query.
import MiniSearch from 'minisearch';
import { claims, gz, kb, queries, rank, report } from './common.mjs';

const stops = new Set(('yang dan di ke dari pada untuk dengan ini itu adalah tidak akan sudah atau juga karena oleh bagi dalam ' +
  'apakah benar the a an of in on to and is are for with by from at that this it be will has have').split(' '));
const options = {
  fields: ['claim', 'title', 'finding', 'claimant', 'topics'],
  storeFields: ['claim'],
  extractField: (claim, field) => (field === 'topics' ? claim.topics.join(' ') : claim[field]),
  processTerm: (term) => {
    const folded = term.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    return stops.has(folded) ? null : folded;
  },
  searchOptions: {
    boost: { claim: 3, title: 2, claimant: 2 },
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 3 ? 0.2 : false),
  },
};

let time = performance.now();
const built = new MiniSearch(options);
built.addAll(claims.map((claim, id) => ({ id, ...claim })));
const file = JSON.stringify(built);
const build = performance.now() - time;

time = performance.now();
const index = MiniSearch.loadJSON(file, options);
const load = performance.now() - time;

time = performance.now();
const ranks = queries.map((query) => rank(query, index.search(query.query).slice(0, 10).map((hit) => claims[hit.id].name)));
const each = (performance.now() - time) / queries.length;
const size = gz(file);
report('MiniSearch', ranks, {
  'build time': `${(build / 1000).toFixed(1)} s`,
  'index size': `${kb(file.length)}, gzipped ${kb(size)}`,
  'loading the index': `${load.toFixed(0)} ms`,
  'a query': `${each.toFixed(1)} ms`,
}, queries.map(() => size));
