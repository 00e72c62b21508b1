// What a page can do with script and does without: copying a text with one tap, and closing a verdict
// that shows beside words. Every text is in the page already; nothing is fetched or sent.

for (const place of document.querySelectorAll(".copy[data-target]")) {
  const source = document.getElementById(place.dataset.target);
  const said = place.querySelector("[role=status]");
  if (!source) continue;
  const text = () => source.textContent.trim();
  // A status is read out when its words change: the second time too.
  const say = (words) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = words; }, 50);
  };
  const select = () => {
    source.closest("details")?.setAttribute("open", "");
    getSelection().selectAllChildren(source);
  };
  // Where the page was not sent over HTTPS, there is no clipboard but the old one.
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      return true;
    } catch {
      select();
      return document.execCommand("copy");
    }
  };
  place.addEventListener("click", async (event) => {
    const action = event.target.closest("[data-do]")?.dataset.do;
    if (action === "copy") say(await copy() ? place.dataset.copied : place.dataset.failed);
    // Whoever closes the system's list again has decided so.
    if (action === "share") navigator.share({ text: text() }).catch(() => {});
  });
  const share = place.querySelector("[data-do=share]");
  if (share && navigator.share) share.hidden = false;
  place.hidden = false;
}

// The verdict that shows while the pointer is on a passage goes with Escape, as the open one does by
// itself, and comes back with the next visit.
const passages = document.querySelectorAll(".passage-sign");
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const sign of passages) sign.classList.toggle("quiet", sign.matches(":hover, :focus"));
});
for (const sign of passages) {
  for (const over of ["pointerleave", "blur"]) sign.addEventListener(over, () => sign.classList.remove("quiet"));
  for (const words of sign.labels) words.addEventListener("pointerleave", () => sign.classList.remove("quiet"));
  // A browser that knows no popovers shows the cards below the text: the sign leads there.
  if (!HTMLElement.prototype.showPopover) {
    sign.addEventListener("click", () => document.getElementById(sign.getAttribute("popovertarget"))?.scrollIntoView());
  }
}

// In a box that takes whole messages, Enter asks. A message that is too long for an address is handed
// to the search page in this browser; the address has its beginning.
for (const form of document.querySelectorAll(".seek")) {
  const box = form.elements.q;
  if (form.matches(".seek-large")) {
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
  form.addEventListener("submit", (event) => {
    const text = box.value.trim();
    const cut = [...text].slice(0, 500).join("");
    if (cut === text) return;
    event.preventDefault();
    try { sessionStorage.setItem("meja-asked", text); } catch {}
    location.assign(`${form.action}?${new URLSearchParams({ q: cut })}`);
  });
}
