// Folds what comes in as JSON ({rules, texts}) and says the words, or null for a text with characters
// that this Unicode does not know yet.
import { readFileSync } from 'node:fs';
import { Folder } from '../../static/assets/fold.js';

const { rules, texts } = JSON.parse(readFileSync(0, 'utf8'));
const folder = new Folder(rules);
const halves = folder.words('vak\ud83dsin \ude00');
if (halves.map(({ key, start, end }) => `${key} ${start} ${end}`).join() !== 'vak 0 3,sin 4 7') throw new Error('halves of characters');
const start = performance.now();
const words = texts.map((text) => (/\p{Cn}/u.test(text) ? null : folder.words(text)));
console.log(JSON.stringify({ words, took: performance.now() - start }));
