// Follows the preview server: reloads this page when its bytes changed, takes a new style sheet
// without reloading, shows problems over the page, and a bar for the editor. Never part of a build.
(() => {
  "use strict";
  const own = document.currentScript;
  const path = own.dataset.path;
  const hash = own.dataset.hash;
  const place = "meja-scroll:" + location.pathname;

  // A reload lands where the reader was, also when pictures come late.
  const stored = sessionStorage.getItem(place);
  if (stored !== null) {
    sessionStorage.removeItem(place);
    const y = Number(stored);
    const restore = () => scrollTo({ top: y, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }
  const reload = () => {
    sessionStorage.setItem(place, String(scrollY));
    location.reload();
  };

  // In a shadow tree neither the site's style nor ours can touch the other.
  const host = document.createElement("div");
  host.id = "meja-preview";
  const shade = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_meja/preview.css";
  const overlay = document.createElement("div");
  overlay.className = "overlay";
  overlay.setAttribute("role", "alertdialog");
  overlay.setAttribute("aria-label", "Problems");
  overlay.hidden = true;
  const bar = document.createElement("aside");
  bar.className = "bar";
  bar.setAttribute("aria-label", "Preview");
  shade.append(style, overlay, bar);
  document.body.append(host);

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const link = (href, text) => {
    const made = element("a", "", text);
    made.href = href;
    return made;
  };

  // A long line is scrolled to its end, with a keyboard too.
  const excerpt = (text) => {
    const made = element("pre", "problem", text);
    made.tabIndex = 0;
    return made;
  };

  const showProblems = (items) => {
    overlay.replaceChildren();
    overlay.hidden = items.length === 0;
    if (overlay.hidden) return;
    const count = items.length === 1 ? "1 error" : items.length + " errors";
    overlay.append(element("p", "head", count + ". The page below is the last good version."));
    for (const item of items) {
      const box = element("section", "item");
      box.append(link(item.editor, item.at), excerpt(item.text));
      overlay.append(box);
    }
    const close = element("button", "close", "Hide");
    close.type = "button";
    close.addEventListener("click", () => { overlay.hidden = true; });
    overlay.append(close);
  };

  const showBar = async () => {
    let facts;
    try {
      facts = await (await fetch("/_meja/bar.json?path=" + encodeURIComponent(path))).json();
    } catch {
      return;
    }
    bar.replaceChildren();
    bar.append(link("/_meja/", "Meja"));
    if (facts.file) bar.append(link(facts.editor, facts.file));
    if (facts.status) bar.append(element("span", "status", facts.status));
    const say = (ids, words) => {
      if (ids && ids.length) bar.append(element("span", "warn", words + ": " + ids.join(", ")));
    };
    say(facts.unanchored, "without a quote");
    say(facts.unsourced, "without a source");
    const count = (n, word) => n + " " + word + (n === 1 ? "" : "s");
    if (facts.problems && facts.problems.length) {
      const more = element("details", "warn");
      more.append(element("summary", "", count(facts.problems.length, "problem") + " here"));
      for (const item of facts.problems) more.append(link(item.editor, item.at), excerpt(item.text));
      bar.append(more);
    }
    if (facts.findings && facts.findings.length) {
      const more = element("details", facts.findings.some((item) => item.error) ? "warn" : "note");
      more.append(element("summary", "", count(facts.findings.length, "finding") + " here"));
      for (const item of facts.findings) more.append(link(item.editor, item.at), excerpt(item.text));
      bar.append(more);
    }
    const all = facts.errors + facts.warnings;
    if (all) bar.append(link("/_meja/", count(all, "problem") + " in all"));
  };

  // The overview looks through the whole site when asked, not with every edit.
  const checks = path === "/_meja/" ? document.getElementById("checks") : null;
  const showChecks = async () => {
    if (!checks.open || checks.dataset.asked) return;
    checks.dataset.asked = "yes";
    const words = element("p", "note", "Looking …");
    words.setAttribute("role", "status");
    checks.replaceChildren(checks.firstElementChild, words);
    try {
      const found = await (await fetch("/_meja/checks.json")).json();
      const rest = found.count - found.items.length;
      const all = found.count === 1 ? "1 finding" : found.count + " findings";
      words.textContent = all + (rest ? ", the first " + found.items.length + " of which are listed" : "") + ".";
      const list = element("ul");
      for (const item of found.items) {
        const entry = element("li");
        entry.append(link(item.editor, item.at), excerpt(item.text));
        list.append(entry);
      }
      if (found.count) checks.append(list);
    } catch {
      words.textContent = "The preview does not answer.";
      delete checks.dataset.asked;
    }
  };
  if (checks) checks.addEventListener("toggle", showChecks);

  // A browser keeps at most six connections to a server, so only pages in view follow it. One that
  // comes into view again asks with the hash of what it shows, and learns what it missed.
  let source = null;
  const follow = () => {
    if (source) return;
    source = new EventSource("/_meja/events?path=" + encodeURIComponent(path) + "&hash=" + hash);
    source.addEventListener("reload", reload);
    source.addEventListener("style", (event) => {
      const href = JSON.parse(event.data).href;
      const old = [...document.querySelectorAll('link[rel="stylesheet"]')].find((l) => l.href.includes("/assets/style."));
      if (!old) return reload();
      const fresh = old.cloneNode();
      fresh.href = href;
      // The old one goes when the new one is there, so that the page is never bare.
      fresh.addEventListener("load", () => old.remove());
      old.after(fresh);
    });
    source.addEventListener("problems", (event) => showProblems(JSON.parse(event.data).items));
    source.addEventListener("bar", (event) => {
      if (path !== "/_meja/") return showBar();
      // The overview has no bytes in the plan: it is stale with every new version.
      const now = JSON.parse(event.data).version;
      if (version !== null && now !== version) reload();
      version = now;
    });
  };
  const rest = () => {
    if (source) source.close();
    source = null;
  };
  let version = null;
  const look = () => (document.hidden ? rest() : follow());
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", look);
  look();
})();
