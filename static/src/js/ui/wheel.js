// The wheel: a spin is decided by the server; then the disc turns to it.
import { toast } from "./toast.js";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// turn lets the disc run some rounds and come to rest with segment at on top.
const turn = async (disc, at) => {
  const count = Number(disc.dataset.count);
  const rest = (n) => (n < 0 ? 0 : (-360 * (n + 0.5)) / count);
  const from = rest(Number(disc.dataset.at)), to = rest(at);
  disc.dataset.at = at;
  if (!calm()) {
    const run = disc.animate([{ transform: `rotate(${from}deg)` }, { transform: `rotate(${to + 360 * 6}deg)` }], { duration: 3600, easing: "cubic-bezier(.12,.7,.1,1)" });
    await run.finished.catch(() => {});
  }
  disc.setAttribute("transform", `rotate(${to})`);
};

const spin = async (form) => {
  const button = form.querySelector("button"), side = document.getElementById("wheel-side"), disc = document.getElementById("wheel-disc");
  const body = new URLSearchParams(new FormData(form));
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const text = await answer.text();
    if (answer.redirected || !text.includes("wheel-panel")) return location.reload();
    const fresh = document.createRange().createContextualFragment(text);
    const at = Number(fresh.querySelector("[data-at]").dataset.at);
    if (answer.ok && at >= 0) await turn(disc, at);
    const live = side.querySelector("[aria-live]"), next = fresh.querySelector("[aria-live]");
    live.replaceChildren(...next.cloneNode(true).childNodes); // the region stays, so that it is read out
    next.replaceWith(live);
    side.replaceChildren(fresh);
    side.querySelector("form button")?.focus();
  } catch {
    button.disabled = false;
    toast("No connection. If the spin was made, you see it after reloading.", "bad");
  }
};

export const wheel = () => {
  addEventListener("submit", (e) => {
    if (!e.target.matches("form[data-wheel]")) return;
    e.preventDefault();
    spin(e.target);
  });
};
