// The list of messages, and how new and changed ones come into it.
import { morph } from "../morph.js";

const TOGETHER = 5 * 60 * 1000; // ms: an author's messages that count as one talk

export const list = () => document.querySelector("[data-list]");

const byKey = (root, key) => [...root.children].find((row) => row.dataset.key === key);
const number = (row) => Number(row?.dataset.number || 0);
const messages = (root) => [...root.children].filter((row) => row.dataset.number);

// joined tells the rows that go on what the one above has said.
const joined = (root) => {
  let above;
  for (const row of root.children) {
    const goesOn = row.dataset.number && above?.dataset.number && above.dataset.author === row.dataset.author &&
      new Date(row.dataset.at) - new Date(above.dataset.at) < TOGETHER && !row.querySelector(".msg-quote, .badge");
    row.classList.toggle("msg-joined", Boolean(goesOn));
    above = row;
  }
};

// tidy drops days without messages.
const tidy = (root) => {
  for (const row of [...root.children]) {
    const next = row.nextElementSibling;
    if (row.className === "talk-day" && (!next || next.className === "talk-day")) row.remove();
  }
  joined(root);
};

const put = (root, row, day) => {
  const old = byKey(root, row.dataset.key);
  if ("gone" in row.dataset) return old?.remove();
  if (old) return morph(old, row);
  const all = messages(root);
  if (all.length && number(row) < number(all[0])) return undefined; // above what is shown
  const after = all.find((other) => number(other) > number(row)) || null;
  if (day && !byKey(root, day.dataset.key)) root.insertBefore(document.importNode(day, true), after);
  root.insertBefore(document.importNode(row, true), after);
};

// take brings the rows of an answer into the list.
export const take = (body) => {
  const root = list();
  if (!root) return;
  let day;
  for (const row of [...body.querySelectorAll("li")]) {
    if (row.className === "talk-day") day = row;
    else if (row.dataset.number) {
      put(root, row, day);
      day = null;
    }
  }
  if (messages(root).length) document.querySelector("[data-nothing]")?.remove();
  tidy(root);
};

// before puts older rows on top; a day that goes on is written once.
export const before = (rows) => {
  const root = list();
  for (const row of rows) if (row.className === "talk-day") byKey(root, row.dataset.key)?.remove();
  root.prepend(...rows.map((row) => document.importNode(row, true)));
  tidy(root);
};
