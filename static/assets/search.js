// The search page. Results are made of the parts in its <template>; claims stay text.

const page = document.querySelector("[data-lookup]");
const one = (part, from = page) => from.querySelector(part);
const all = (part, from = page) => [...from.querySelectorAll(part)];

const PAGE = 10; // results at once
const CUT = 500; // characters of a message in the address
const SENT = 1000; // and in a link that sends it

const { lang } = document.documentElement;
const form = one("form");
const box = form.elements.q;
const list = one("[role=listbox]");
const parts = one("template").content;
const [clear, more, retry] = ["clear", "more", "retry"].map((name) => one(`[data-do=${name}]`));
const chips = one("[data-slot=chips]");
const [filterBox, selects, status] = [one("details"), all("[data-filter]"), one("[role=status]")];
const labels = (name) => new Map(all(`[data-${name}]`, parts).map(({ dataset }) => [dataset[name], dataset.label]));
const known = { verdict: labels("verdict"), language: labels("language") };
const number = new Intl.NumberFormat(lang);
const plural = new Intl.PluralRules(lang);
const date = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeZone: "UTC", calendar: "gregory" });

let filters, shown, engine, typed, said;
let turn = 0;
let active = -1;
let settled = true; // whether the address was asked for, or is on the way to a question

const { fold, lookup, index } = page.dataset;
const load = () => (engine ??= Promise.all([import(fold), import(lookup)]).then(
  ([{ Folder }, { Lookup }]) => new Lookup({ base: index, Folder })));

// The address has the beginning of a long message, the history all of it.
const keep = (settle) => {
  const asked = new URLSearchParams();
  const text = box.value.trim();
  if (text) asked.set("q", [...text].slice(0, CUT).join(""));
  for (const filter of filters) asked.set(...filter);
  const same = `${asked}` === `${new URLSearchParams(location.search)}`;
  const how = settled && !same && location.search ? "pushState" : "replaceState";
  // Browsers allow so many changes in a while.
  try { history[how]({ text, shown }, "", location.pathname + (`${asked}` && `?${asked}`)); } catch {}
  settled = settle;
};

const restore = () => {
  const asked = new URLSearchParams(location.search);
  const text = asked.get("q") ?? "";
  let handed;
  try { handed = sessionStorage["meja-asked"]; } catch {}
  box.value = history.state?.text ?? (text.length >= CUT && handed?.startsWith(text) ? handed : text);
  shown = history.state?.shown ?? PAGE;
  filters = new Map([...asked].filter(([name, value]) => value && selects.some(({ dataset }) => dataset.filter === name)));
  settled = true;
};

// Shows what belongs to a state, and says it after a while.
const show = (state) => {
  for (const part of all("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  clearTimeout(said);
  said = setTimeout(() => {
    status.textContent = all("[data-say]").filter((part) => !part.closest("[hidden]")).map((part) => part.textContent).join(" ");
  }, 700);
};

const marked = ({ folder }, text, marks) => {
  const made = document.createDocumentFragment();
  let at = 0;
  for (const { key, start, end } of folder.words(text)) {
    if (!marks?.has(key) || start < at) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    made.append(text.slice(at, start), mark);
    at = end;
  }
  made.append(text.slice(at));
  return made;
};

const result = (lookup, claim, place, marks) => {
  const item = one(".hit", parts).cloneNode(true);
  // None, if the page is older than the scale.
  const named = (name) => all(`[data-${name}]`, parts).find(({ dataset }) => dataset[name] === claim[name]);
  const [verdict, language] = [named("verdict"), named("language")];
  const other = language.lang !== lang;
  const slots = {
    verdict: verdict.cloneNode(true),
    claim: marked(lookup, claim.claim, marks),
    claimant: claim.claimant,
    date: one("[data-slot=date]", item).textContent.replace("{date}", () => date.format(new Date(claim.date))),
    language: other && language.dataset.label,
    notice: claim.notice && one(`[data-notice=${claim.notice}]`, parts).textContent,
  };
  for (const [name, content] of Object.entries(slots)) {
    const slot = one(`[data-slot=${name}]`, item);
    if (content) slot.replaceChildren(content);
    else slot.remove();
  }
  if (other) one("[data-slot=claim]", item).lang = language.lang;
  item.id = `m-hit-${place}`;
  item.href = claim.href;
  item.classList.add(`tone-${verdict.dataset.tone}`);
  return item;
};

// What a claim has in a column, as it stands in addresses.
const values = (facets, name, claim) => {
  const names = facets[`${name}s`];
  return [facets[name][claim]].flat().filter((value) => value >= 0).map((value) => names?.[value] ?? `${value}`);
};

const fits = (facets, claim, but) =>
  [...filters].every(([name, value]) => name === but || values(facets, name, claim).includes(value));

const label = (name, value) => known[name]?.get(value) ?? value;

// Each filter offers what the others leave.
const offer = (facets, claims) => {
  for (const select of selects) {
    const name = select.dataset.filter;
    const chosen = filters.get(name) ?? "";
    const counts = new Map(chosen && [[chosen, 0]]);
    for (const claim of claims) {
      if (fits(facets, claim, name)) for (const value of values(facets, name, claim)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const order = [...(known[name]?.keys() ?? [...counts.keys()].sort(new Intl.Collator(lang).compare))].filter((value) => counts.has(value));
    if (name === "year") order.reverse();
    const options = order.map((value) => new Option(`${label(name, value)} (${number.format(counts.get(value))})`, value));
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
    select.parentElement.hidden = order.length < 2 && !chosen;
  }
};

const offChips = () => {
  chips.replaceChildren(...[...filters].map(([name, value]) => {
    const chip = one("[data-chip]", parts).cloneNode(true);
    const button = one("button", chip);
    one("span", button).textContent = label(name, value);
    button.setAttribute("aria-label", chip.dataset.chip.replace("{label}", () => label(name, value)));
    button.onclick = () => {
      filters.delete(name);
      asked();
      (one("button", chips) ?? box).focus();
    };
    return chip;
  }));
};

// Of several runs at once only the last is seen.
const run = async (typing) => {
  const mine = ++turn;
  const text = box.value.trim();
  clear.hidden = !text;
  offChips();
  if (!text && !filters.size) return show("start");
  const waiting = setTimeout(() => list.hidden && mine === turn && show("busy"), 300);
  try {
    const lookup = await load();
    await lookup.ready();
    const facets = filters.size || filterBox.open ? await lookup.facets() : null;
    const found = text ? await lookup.find(text, { typing, most: Infinity }) : {};
    // Filters alone go through all claims; the newest are last.
    const hits = found.hits ?? facets.verdict.map((_, claim) => ({ claim })).reverse();
    const left = filters.size ? hits.filter(({ claim }) => fits(facets, claim)) : hits;
    const claims = await lookup.claims(left.slice(0, shown).map(({ claim }) => claim));
    if (mine !== turn) return;
    if (facets) offer(facets, hits.map(({ claim }) => claim));
    list.replaceChildren(...claims.map((claim, place) => result(lookup, claim, place, found.marks)));
    pick(-1);
    const form = ["other", plural.select(left.length)].map((form) => one(`[data-plural=${form}]`, parts)).findLast(Boolean);
    one("[data-slot=count]").textContent = form.textContent.replace("{n}", number.format(left.length));
    more.hidden = left.length <= shown;
    for (const link of all("[data-fill]")) {
      const sent = [...text].slice(0, SENT).join("");
      link.href = link.dataset.fill.replaceAll("{text}", () => encodeURIComponent(sent.toWellFormed?.() ?? sent));
    }
    show(!hits.length ? "none" : !left.length ? "filtered" : found.weak ? "weak" : "found");
  } catch (error) {
    if (mine === turn) show("failed");
    console.error(error);
  } finally {
    clearTimeout(waiting);
  }
};

// Asked on purpose: the way back leads to the question before.
const asked = () => {
  clearTimeout(typed);
  shown = PAGE;
  settled = true;
  keep(true);
  return run(false);
};

// -1 is the text itself.
const pick = (place) => {
  active = Math.min(place, list.children.length - 1);
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === active));
  const item = list.children[active];
  box.setAttribute("aria-activedescendant", item?.id ?? "");
  item?.scrollIntoView({ block: "nearest" });
};

// A combobox but for the role, which a text of several lines may not have. Its list is always open.
const aria = { controls: list.id, autocomplete: "list", haspopup: "listbox", describedby: "m-keys" };
for (const name in aria) box.setAttribute(`aria-${name}`, aria[name]);

box.addEventListener("keydown", (event) => {
  const { key } = event;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (key === "Enter" && !event.shiftKey) active < 0 ? form.requestSubmit() : list.children[active].click();
  else if (key === "Escape" && active >= 0) pick(-1);
  else if (key === "Escape" && box.value) reset();
  else if (list.hidden || event.shiftKey) return;
  else if (key === "ArrowDown" && (active >= 0 || box.selectionStart === box.value.length)) pick(active + 1);
  else if (active < 0) return;
  else if (key === "ArrowUp") pick(active - 1);
  else if (key === "Home") pick(0);
  else if (key === "End") pick(Infinity);
  else return;
  event.preventDefault();
});

// The same keys for who came by the tabulator.
list.addEventListener("keydown", (event) => {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: items[at + 1], ArrowUp: items[at - 1] ?? box, Home: items[0], End: items.at(-1), Escape: box }[event.key];
  if (!to) return;
  event.preventDefault();
  to.focus();
});

box.addEventListener("input", () => {
  clearTimeout(typed);
  pick(-1);
  typed = setTimeout(() => {
    shown = PAGE;
    keep(false);
    run(true);
  }, 120);
});

const reset = () => {
  box.value = "";
  asked();
  box.focus();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  asked();
});
clear.onclick = reset;
// A browser may remember a module that failed.
retry.onclick = () => location.reload();
more.onclick = async () => {
  const at = list.children.length;
  shown += PAGE;
  keep(true);
  await run(false);
  list.children[at]?.focus();
};
filterBox.addEventListener("toggle", () => filterBox.open && run(false));
for (const select of selects) {
  select.onchange = () => {
    filters.set(select.dataset.filter, select.value);
    if (!select.value) filters.delete(select.dataset.filter);
    asked();
  };
}
addEventListener("popstate", () => {
  restore();
  run(false);
});

restore();
if (filters.size) filterBox.open = true;
run(false);
load().then((lookup) => lookup.ready()).catch(() => {}); // said when something is looked for
