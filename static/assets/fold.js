// Folds a text to words, by docs/lookup.md; the tables come from the rules of the index.
const chars = (ranges) => ranges.replace(/[0-9a-f]+/g, '\\u{$&}').replaceAll(' ', '');
const WORD = /[\p{Alphabetic}\p{M}\p{N}]/u;
const DIGIT = /^[0-9]$/;
const SPACE = /^[ -]{0,2}$/;
const squeeze = (text) => (/^[\0-\x7f]{2}$/.test(text) ? text : text.replace(/([^0-9])\1+/gu, '$1'));
const small = (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase());
const table = (text) => {
  const words = text.split(' ');
  return new Map(words.flatMap((word, at) => (at % 2 || at + 1 === words.length ? [] : [[word, words[at + 1]]])));
};
const turned = (letters) => Object.entries(letters).flatMap(([to, from]) => [...from].map((c) => [c, to]));

export class Folder {
  constructor(rules) {
    const dropped = chars(rules.hidden + ' ' + rules.marks);
    this.rules = rules;
    this.dropped = new RegExp(`[${dropped}]+`, 'gu');
    this.cluster = new RegExp(`[^][\\p{M}${dropped}\\u3131-\\u318e\\uff9e-\\uffdc\\u1160-\\u11ff\\u{16d63}-\\u{16d6a}]*`, 'gu');
    this.spaceless = new RegExp(`[${chars(rules.spaceless)}]`, 'u');
    this.zeros = [...rules.zeros].map((c) => c.codePointAt(0));
    this.alike = new Map(turned(rules.alike));
    for (const first of rules.rows)
      for (let n = 0; n < 26; n++) this.alike.set(String.fromCodePoint(first.codePointAt(0) + n), String.fromCharCode(97 + n));
    this.styled = new Map(turned(rules.styled));
    this.stop = new Set(rules.stop.split(' '));
    this.chat = table(rules.chat);
    this.numbers = table(rules.numbers);
    this.twice = rules.twice ? new Set(['', ...rules.twice.split(' ')]) : new Set();
  }

  isStop(key) {
    return this.stop.has(key);
  }

  // The words of a text with their places in it.
  words(text) {
    const at = this.clean(text);
    const tokens = this.joined(this.spelled(this.pieces())).map((piece) => this.token(piece));
    const out = [];
    const add = (key, from, to) => {
      if (out.at(-1)?.key !== key) out.push({ key, start: at[from][0], end: at[to - 1][1] });
    };
    for (let n = 0; n < tokens.length; n++) {
      const number = this.spoken(tokens, n);
      const token = tokens[n];
      if (number) {
        n += number.used - 1;
        add(number.text, token.start, tokens[n].end);
      } else if (token.kind === 'S' && token.each.length > 1) {
        for (let c = 1; c < token.each.length; c++) add(token.each[c - 1] + token.each[c], token.start + c - 1, token.start + c + 1);
      } else for (const key of token.key.split('_')) add(key, token.start, token.end);
    }
    return out;
  }

  clean(text) {
    const places = [];
    const c = (this.c = []);
    text = text.replace(/(?<![🇦-🇿])[🇦-🇿]{2}(?![🇦-🇿])/gu, '    ');
    for (const { 0: cluster, index } of text.matchAll(this.cluster)) {
      const plain = /^[\0-\x7f]$/.test(cluster)
        ? cluster
        : cluster.replace(this.dropped, '').normalize('NFKD').replace(this.dropped, '').normalize('NFC');
      for (const one of plain) {
        c.push(this.digit(one));
        places.push([index, index + cluster.length]);
      }
    }
    return places;
  }

  digit(c) {
    if (c < '\x80') return c;
    if (c === '٫') return '.';
    if (c === '٬') return ',';
    const value = c.codePointAt(0) - (this.zeros.findLast((zero) => zero <= c.codePointAt(0)) ?? -9);
    return value < 10 ? String(value) : c;
  }

  isWord(c) {
    return c !== undefined && !this.rules.apostrophes.includes(c) && (WORD.test(c) || this.alike.has(c));
  }

  isLetter(c) {
    return this.isWord(c) && !DIGIT.test(c);
  }

  goesOn(at) {
    const { c } = this;
    const letter = (step) => this.isLetter(c[at + step]);
    if (this.isWord(c[at])) return true;
    if (!letter(-1) || !letter(1)) return false;
    if (this.rules.apostrophes.includes(c[at])) return true;
    if (c[at] === '!') return !(letter(2) && letter(3) && letter(-2) && letter(-3));
    if (c[at] !== '@') return c[at] in this.rules.signs;
    let end = at + 1;
    while (this.isWord(c[end])) end++;
    return !(c[end] === '.' && this.isLetter(c[end + 1]));
  }

  pieces() {
    const { c } = this;
    const out = [];
    for (let at = 0; at < c.length; at++) {
      if (!this.isWord(c[at])) continue;
      const start = at++;
      while (at < c.length && this.goesOn(at)) at++;
      this.cut(start, at, out);
    }
    for (const piece of out) piece.text = piece.each.join('');
    return out;
  }

  cut(start, end, out) {
    const places = [];
    for (let at = start; at < end; at++) if (!this.rules.apostrophes.includes(this.c[at])) places.push(at);
    const run = places.map((at) => this.c[at]);
    const isDigit = run.map((c) => DIGIT.test(c));
    const two = run.findIndex((c) => !this.isLetter(c));
    const rest = small(run.slice(two + 1).join(''));
    const twice = two > 2 && run[two] === '2' && this.twice.has(rest) ? two : -1;
    const leet = twice < 0 && run.some((c, at) => at && (c in this.rules.signs
      || (isDigit[at] && this.isLetter(run[at - 1]) && this.isLetter(run[at + 1])
        && !this.numbers.get(small(run.slice(at + 1).join('')))?.startsWith('s'))));
    const folded = this.lower(run);
    let last;
    run.forEach((c, at) => {
      if (at === twice) return;
      const letter = !isDigit[at] || (leet && !isDigit[at - 1] && !isDigit[at + 1]);
      const kind = letter ? (this.spaceless.test(c) ? 'S' : 'L') : 'D';
      const border = at && this.c[start - 1] === '#' && /\p{Lowercase}/u.test(run[at - 1]) && /\p{Uppercase}/u.test(c);
      if (border || last?.kind !== kind) out.push((last = { kind, each: [], start: places[at] }));
      last.end = places[at] + 1;
      last.each.push((kind === 'L' && (isDigit[at] ? this.rules.leet[c] : this.rules.signs[c])) || folded[at]);
    });
  }

  lower(run) {
    const lower = (c) => (c === 'ς' ? 'σ' : c.toLowerCase());
    const latin = (c) => this.alike.get(c) ?? this.alike.get([...c.toLowerCase()][0]);
    const has = run.some((c) => /[a-z]/i.test(c));
    const is = has || run.every((c) => c < '\x80' || latin(c));
    return run.map((c) => (is && latin(c)) || (has && this.styled.get(c)) || lower(c));
  }

  spelled(pieces) {
    const out = [];
    let chain = 0;
    let sign;
    const close = () => {
      if (chain < (sign === '.' ? 3 : 4)) return;
      const tail = out.splice(-chain);
      out.push({ ...tail[0], end: tail.at(-1).end, text: tail.map((piece) => piece.text).join('') });
    };
    for (const piece of pieces) {
      const single = piece.kind === 'L' && piece.end === piece.start + 1;
      const now = this.c[piece.start - 1];
      if (single && chain && out.at(-1).end + 1 === piece.start && (chain === 1 || now === sign)) {
        sign = now;
        chain++;
      } else {
        close();
        chain = single ? 1 : 0;
      }
      out.push(piece);
    }
    close();
    return out;
  }

  joined(pieces) {
    const out = [];
    const first = (text) => text.length < 4 && text[0] !== '0';
    for (let n = 0; n < pieces.length; n++) {
      if (pieces[n].kind !== 'D') {
        out.push(pieces[n]);
        continue;
      }
      const parts = [pieces[n]];
      const signs = [];
      for (let next; (next = pieces[n + 1])?.kind === 'D' && next.start === parts.at(-1).end + 1; n++) {
        const sign = this.c[next.start - 1];
        const spaced = sign === ' ' && signs.every((one) => one === ' ') && first(parts[0].text) && next.text.length === 3
          && [undefined, ' ', '\n', '('].includes(this.c[parts[0].start - 1]) && !DIGIT.test(this.c[parts[0].start - 2]);
        if (!spaced && !'.,\''.includes(sign)) break;
        signs.push(sign);
        parts.push(next);
      }
      const texts = parts.map((part) => part.text);
      const groups = (texts) => first(texts[0]) && texts.every((text, at) => !at || text.length === 3);
      const last = signs.pop();
      const same = signs.every((sign) => sign === signs[0]);
      let text;
      if (last && same && (signs[0] ?? last) === last && groups(texts)) text = texts.join('');
      else if (last && '.,'.includes(last) && (!signs.length || (same && signs[0] !== last && groups(texts.slice(0, -1))))) {
        const decimals = texts.pop().replace(/0+$/, '');
        text = (texts.join('').replace(/^0+/, '') || '0') + (decimals && '.' + decimals);
      }
      if (text) out.push({ kind: 'D', text, start: parts[0].start, end: parts.at(-1).end });
      else for (const part of parts) out.push({ ...part, text: part.text.replace(/^0(?=.$)/, '') });
    }
    return out;
  }

  token(piece) {
    if (piece.kind !== 'L') return { ...piece, key: piece.text };
    const key = squeeze(piece.text);
    return { ...piece, key: this.chat.has(key) ? squeeze(this.chat.get(key)) : key };
  }

  // The number that words say from a token on, and how many tokens that are.
  spoken(tokens, from) {
    if (tokens[from].kind === 'L' && !this.numbers.has(tokens[from].key)) return null;
    const near = (at) => at === from
      || (tokens[at] && SPACE.test(this.c.slice(tokens[at - 1].end, tokens[at].start).join('')));
    const numeral = (at) => {
      const text = (near(at) && this.numbers.get(tokens[at]?.key)) || ' ';
      return [text[0], Number(text.slice(1))];
    };
    let total = 0;
    let sure = 0;
    let last = 0;
    let smallest = Infinity;
    let digits = false;
    let at = from;
    for (;;) {
      const open = sure + last;
      const fits = (number) => !open || (open >= 20 && open % 10 ** String(number).length === 0);
      const scale = (at) => {
        const [kind, power] = numeral(at);
        const glued = kind === 'k' && tokens[at - 1]?.kind === 'D' && tokens[at - 1].end === tokens[at].start;
        return (kind === 's' || glued) && power < smallest ? power : undefined;
      };
      const next = scale(at + 1);
      if (tokens[at]?.kind === 'D' && !open && near(at) && next !== undefined) {
        const [whole, decimals = ''] = tokens[at].text.split('.');
        if (whole.length + decimals.length > 12 || decimals.length > next) break;
        total += Number(whole + decimals) * 10 ** (next - decimals.length);
        smallest = next;
        digits = true;
        at += 2;
        if (total > 9e15) return null;
        continue;
      }
      const [kind, number] = digits ? [] : numeral(at);
      const multiplies = () => 'ms'.includes(numeral(at + 1)[0]);
      const said = (more, power) => ([total, sure, last, smallest] = [total + more, 0, 0, power]);
      if (kind === 'u' && fits(number)) [sure, last] = [open, number];
      else if (kind === '1' && ((!open && multiplies()) || (open >= 20 && fits(1)))) [sure, last] = [open, 1];
      else if (kind === 'a' && !open && !total && multiplies()) last = 1;
      else if (kind === 'b' && last > 1 && last < 10) last += 10;
      else if (kind === 'm' && last > 0 && last < 100 && sure % (number * 10) === 0) [sure, last] = [sure + last * number, 0];
      else if (kind === 's' && open && number < smallest) said(open * 10 ** number, number);
      else if (kind === 'e' && !open && number < smallest) said(10 ** number, number);
      else if (kind === 'h' && next !== undefined) {
        said(open * 10 ** next + 10 ** next / 2, next);
        at++;
      } else if (!(kind === '&' && (open >= 100 || (!open && total)) && 'u1'.includes(numeral(at + 1)[0]))) break;
      at++;
      if (total > 9e15) return null;
    }
    return at > from && { text: String(total + sure + last), used: at - from };
  }
}
