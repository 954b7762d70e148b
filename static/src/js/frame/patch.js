// Bringing new markup into the page by changing only what differs, so that
// focus, scroll and open details stay where they are.
import { main } from "./page.js";
import { report } from "./height.js";

const said = document.body.appendChild(document.createElement("p"));
said.className = "laurel-said";
said.setAttribute("role", "status");

const key = (node) => node.dataset?.key || node.id;
const still = matchMedia("(prefers-reduced-motion: reduce)");

const attributes = (have, want) => {
  for (const { name } of [...have.attributes]) if (name !== "open" && !want.hasAttribute(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
};

const morph = (have, want) => {
  if (have.nodeType !== 1) {
    if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
    return;
  }
  attributes(have, want);
  const keyed = new Map();
  for (const child of have.children) if (key(child)) keyed.set(key(child), child);
  let at = have.firstChild;
  for (const child of [...want.childNodes]) {
    const old = key(child) ? keyed.get(key(child)) : at && !key(at) ? at : null;
    if (old?.nodeName !== child.nodeName) {
      have.insertBefore(document.importNode(child, true), at);
      continue;
    }
    if (old === at) at = at.nextSibling;
    else (have.moveBefore || have.insertBefore).call(have, old, at);
    morph(old, child);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
};

const places = () => new Map([...main.querySelectorAll("[data-key]")].map((e) => [e, e.getBoundingClientRect()]));

// glide lets the rows that moved come from where they were.
const glide = (before) => {
  if (still.matches) return;
  for (const [row, now] of places()) {
    const old = before.get(row);
    if (!old) continue;
    const x = old.left - now.left;
    const y = old.top - now.top;
    if (x || y) row.animate([{ transform: `translate(${x}px,${y}px)` }, { transform: "none" }], { duration: 200, easing: "cubic-bezier(.2,.8,.2,1)" });
  }
};

const own = () => main.querySelector("[data-own]")?.dataset || {};

// apply takes HTML that holds #laurel, or some of its parts.
export const apply = (html) => {
  const doc = new DOMParser().parseFromString(html, "text/html");
  const whole = doc.getElementById("laurel");
  const before = places();
  const rank = own().rank;
  const focus = document.activeElement;
  if (whole) {
    for (const name of ["lang", "dir"]) if (doc.documentElement[name]) document.documentElement[name] = doc.documentElement[name];
    delete main.dataset.error;
    for (const { name, value } of main.attributes) if (!whole.hasAttribute(name)) whole.setAttribute(name, value);
    morph(main, whole);
  } else
    for (const part of doc.querySelectorAll("[data-part]")) {
      const have = main.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (have) morph(have, part);
    }
  if (focus !== document.activeElement && main.contains(focus)) focus.focus({ preventScroll: true });
  glide(before);
  if (own().rank !== rank) said.textContent = own().say || "";
  report();
};
