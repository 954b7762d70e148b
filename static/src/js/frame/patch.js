// Bringing new markup into the page.
import { glide, morph, places } from "../morph.js";
import { parse } from "../parse.js";
import { main } from "./page.js";
import { report } from "./height.js";

const said = document.body.appendChild(document.createElement("p"));
said.className = "laurel-said";
said.setAttribute("role", "status");

const own = () => main.querySelector("[data-me],.lb-mine");

// apply takes HTML: a page with #laurel in it, some of its parts that are here
// already, or all that stands inside it.
export const apply = (html) => {
  const doc = parse(html);
  const parts = [...doc.querySelectorAll("[data-part]")].map((part) => [main.querySelector(`[data-part="${part.dataset.part}"]`), part]);
  const before = places(main);
  const rank = own()?.dataset.rank;
  const focus = document.activeElement;
  let whole = doc.getElementById("laurel");
  delete main.dataset.error;
  if (whole) {
    for (const name of ["lang", "dir"]) if (doc.documentElement[name]) document.documentElement[name] = doc.documentElement[name];
    for (const { name, value } of main.attributes) if (!whole.hasAttribute(name)) whole.setAttribute(name, value);
  } else if (!parts[0] || !parts.every(([have]) => have)) {
    whole = main.cloneNode();
    whole.append(...doc.body.childNodes);
  }
  if (whole) morph(main, whole);
  else for (const [have, part] of parts) morph(have, part);
  if (focus !== document.activeElement && main.contains(focus)) focus.focus({ preventScroll: true });
  glide(main, before);
  if (own() && own().dataset.rank !== rank) said.textContent = own().dataset.say || own().textContent;
  report();
};
