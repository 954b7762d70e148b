// Making one tree like another by changing only what differs, so that focus,
// scroll and open details stay where they are.
const key = (node) => node.dataset?.key || node.id;
const still = matchMedia("(prefers-reduced-motion: reduce)");

const attributes = (have, want) => {
  for (const { name } of [...have.attributes]) if (name !== "open" && !want.hasAttribute(name)) have.removeAttribute(name);
  for (const { name, value } of want.attributes) if (have.getAttribute(name) !== value) have.setAttribute(name, value);
};

export const morph = (have, want) => {
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

export const places = (root) => new Map([...root.querySelectorAll("[data-key]")].map((e) => [e, e.getBoundingClientRect()]));

// glide lets the rows that moved come from where they were.
export const glide = (root, before) => {
  if (still.matches) return;
  for (const [row, now] of places(root)) {
    const old = before.get(row);
    if (!old) continue;
    const x = old.left - now.left;
    const y = old.top - now.top;
    if (x || y) row.animate([{ transform: `translate(${x}px,${y}px)` }, { transform: "none" }], { duration: 200, easing: "cubic-bezier(.2,.8,.2,1)" });
  }
};
