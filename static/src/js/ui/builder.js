// Filters made of lines: a line whose column or comparison changes gets the
// fields that fit, from the server, and the value is typed next.
import { parse } from "../parse.js";

const rebuild = async (box, at) => {
  const form = box.closest("form");
  const query = new URLSearchParams(new FormData(form));
  query.set("part", "builder");
  const res = await fetch(`${form.getAttribute("action")}?${query}`);
  const want = res.ok && parse(await res.text()).querySelector("[data-builder]");
  if (!want) return;
  want.open = true;
  box.replaceWith(want);
  want.querySelectorAll("[data-condition]")[at]?.querySelector("[name=v]:not([type=hidden])")?.focus();
};

export const builders = () =>
  document.addEventListener("change", (e) => {
    const box = e.target.matches?.("[data-rebuilds]") && e.target.closest("[data-builder]");
    if (!box) return;
    const lines = [...box.querySelectorAll("[data-condition]")];
    rebuild(box, lines.indexOf(e.target.closest("[data-condition]"))).catch(() => {}); // "Apply" does the same
  });
