// Names to mention: after an @ the members that have spoken here and fit are
// offered; arrows choose, Enter or Tab takes.
const MOST = 6;

const box = () => document.querySelector("[data-mentions]");
const field = () => document.querySelector("[data-compose] textarea");

const begun = () => {
  const at = field().selectionStart;
  return field().value.slice(0, at).match(/(?:^|\s)@([\p{L}\p{N}_.-]{0,50})$/u)?.[1];
};

// people are those whose messages are in the page, the latest first.
const people = () => {
  const found = new Map();
  for (const row of [...document.querySelectorAll(".msg[data-username]")].reverse()) {
    const { username, name } = row.dataset;
    if (username && !("mine" in row.dataset) && !found.has(username)) found.set(username, name);
  }
  return [...found];
};

const hide = () => {
  if (!box() || box().hidden) return;
  box().hidden = true;
  field().removeAttribute("aria-activedescendant");
};

const choose = (option) => {
  for (const o of box().children) o.ariaSelected = String(o === option);
  field().setAttribute("aria-activedescendant", option.id);
};

const offer = () => {
  const word = begun()?.toLowerCase();
  const fits = word === undefined ? [] : people().filter(([u, n]) => u.toLowerCase().startsWith(word) || n.toLowerCase().split(/\s+/).some((w) => w.startsWith(word)));
  if (!fits.length) return hide();
  box().replaceChildren(...fits.slice(0, MOST).map(([username, name], i) => {
    const option = document.createElement("li");
    option.id = "mention-" + i;
    option.role = "option";
    option.dataset.username = username;
    const shown = document.createElement("bdi");
    shown.textContent = name;
    option.append(shown, " @" + username);
    return option;
  }));
  box().hidden = false;
  choose(box().firstElementChild);
};

const insert = (option) => {
  const area = field();
  const at = area.selectionStart;
  const from = at - begun().length;
  area.setRangeText(option.dataset.username + " ", from, at, "end");
  hide();
  area.focus();
};

const keyed = (e) => {
  if (e.target !== field() || !box() || box().hidden) return;
  const now = box().querySelector("[aria-selected=true]");
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[e.key];
  if (e.key === "Escape") hide();
  else if (e.key === "Enter" || e.key === "Tab") insert(now);
  else if (step) choose(now[step] || now);
  else return;
  e.preventDefault();
};

export const mentioning = () => {
  if (!box()) return;
  document.addEventListener("keydown", keyed, true);
  document.addEventListener("input", (e) => e.target === field() && offer());
  document.addEventListener("focusout", (e) => e.target === field() && setTimeout(hide, 150));
  document.addEventListener("mousedown", (e) => {
    const option = e.target.closest("[data-mentions] [role=option]");
    if (!option) return;
    e.preventDefault();
    insert(option);
  });
};
