// The ⌘K palette: filters the pages and actions that are in the page and fetches
// members as one types; arrows move, Enter goes.
import { parse } from "../parse.js";

const visible = (dialog) => [...dialog.querySelectorAll("[data-palette-list] a")].filter((a) => a.checkVisibility?.() ?? a.offsetParent);

const filter = (dialog, words) => {
  for (const item of dialog.querySelectorAll("[data-palette-item]")) {
    const name = item.dataset.paletteItem.toLowerCase();
    item.hidden = !words.every((w) => name.includes(w));
  }
};

const finder = (dialog, input) => {
  const source = dialog.querySelector("[data-palette-source]")?.dataset.paletteSource;
  const results = dialog.querySelector("[data-palette-results]");
  let timer;
  let last;
  const fetchNow = async () => {
    last?.abort();
    last = new AbortController();
    try {
      const res = await fetch(source + "?search=" + encodeURIComponent(input.value.trim()), { signal: last.signal });
      if (!res.ok) return;
      const doc = parse(await res.text());
      results.replaceChildren(...doc.body.childNodes);
    } catch {
      // typed on, or offline: the list of pages still works
    }
  };
  return () => {
    clearTimeout(timer);
    if (input.value.trim().length < 2) return results.replaceChildren();
    timer = setTimeout(fetchNow, 150);
  };
};

const move = (dialog, input, step) => {
  const links = visible(dialog);
  const at = links.indexOf(document.activeElement) + step;
  (at < 0 ? input : links[Math.min(at, links.length - 1)])?.focus();
};

export const palette = () => {
  const dialog = document.querySelector("[data-palette]");
  const input = dialog?.querySelector("[data-palette-input]");
  if (!input) return;
  const find = finder(dialog, input);
  input.addEventListener("input", () => {
    filter(dialog, input.value.toLowerCase().split(/\s+/).filter(Boolean));
    find();
  });
  dialog.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      move(dialog, input, e.key === "ArrowDown" ? 1 : -1);
    }
    if (e.key === "Enter" && e.target === input && visible(dialog)[0]) {
      e.preventDefault();
      visible(dialog)[0].click();
    }
  });
};
