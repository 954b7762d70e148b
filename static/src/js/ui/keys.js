// Keyboard shortcuts: ⌘K or Ctrl K the palette, / the list's search, ? the list
// of shortcuts, g and a letter a page.
const PAGES = { h: "Home", m: "Members", l: "Leaderboards", w: "Widgets" };

const typing = (e) => e.target.closest?.("input,textarea,select,[contenteditable]") || e.altKey || e.ctrlKey || e.metaKey;

const open = (id) => {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
  return dialog;
};

const search = () => [...document.querySelectorAll("[data-slash]")].find((i) => i.checkVisibility?.() ?? true);

const go = (letter) => PAGES[letter] && document.querySelector(`[data-palette-item="${PAGES[letter]}"] a`)?.click();

export const keys = () => {
  let leader = 0;
  addEventListener("keydown", (e) => {
    if ((e.metaKey || e.ctrlKey) && e.key.toLowerCase() === "k" && open("palette")) return e.preventDefault();
    if (typing(e) || document.querySelector("dialog[open]")) return;
    if (e.key === "/" && search()) {
      e.preventDefault();
      search().focus();
    } else if (e.key === "?") open("shortcuts");
    else if (e.timeStamp - leader < 1000) go(e.key);
    leader = e.key === "g" ? e.timeStamp : 0;
  });
};
