// Asking our own server for a part of a page, or with a form.
import { parse } from "../parse.js";

// ask answers with the part's nodes; ok is false when the server refused, and
// then text says why.
export const ask = async (url, form) => {
  const res = await fetch(url, form ? { method: "POST", body: form } : undefined);
  const body = parse(await res.text()).body;
  const why = res.ok ? "" : (body.querySelector("main h1, main p") || body).textContent.trim();
  return { ok: res.ok && !res.redirected, body, text: why || "That did not work. Try again." };
};
