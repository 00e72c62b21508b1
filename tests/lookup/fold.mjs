// Folds what comes in as JSON ({rules, texts}) and says the words, or null for a text with characters
// that this Unicode does not know yet.
import { readFileSync } from 'node:fs';
import { Folder } from '../../static/assets/fold.js';

const { rules, texts } = JSON.parse(readFileSync(0, 'utf8'));
const folder = new Folder(rules);
const start = performance.now();
const words = texts.map((text) => (/\p{Cn}/u.test(text) ? null : folder.words(text)));
console.log(JSON.stringify({ words, took: performance.now() - start }));
