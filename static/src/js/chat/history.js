// Older messages come when one scrolls up to their link.
import { ask } from "./ask.js";
import { before } from "./list.js";

export const history = () => {
  const log = document.querySelector(".talk-log");
  if (!log) return;
  let busy = false;
  const load = async (link) => {
    if (busy) return;
    busy = true;
    link.ariaBusy = "true";
    try {
      const answer = await ask(link.href);
      if (!answer.ok) return;
      const next = answer.body.querySelector("[data-older]");
      const from = log.scrollHeight - Math.abs(log.scrollTop);
      before([...answer.body.querySelectorAll("ol > li")]);
      if (Math.abs(log.scrollHeight - Math.abs(log.scrollTop) - from) < 1 && log.scrollTop > 0) log.scrollTop += 1;
      if (next) {
        link.replaceWith(document.importNode(next, true));
        watch();
      } else link.remove();
    } finally {
      busy = false;
    }
  };
  const seen = new IntersectionObserver((all) => all.some((e) => e.isIntersecting) && load(document.querySelector("[data-older]")), { root: log, rootMargin: "400px 0px 0px" });
  const watch = () => {
    seen.disconnect();
    const link = document.querySelector("[data-older]");
    if (link && document.querySelector("[data-stream]")) seen.observe(link);
  };
  log.addEventListener("click", (e) => {
    const link = e.target.closest("[data-older]");
    if (!link || !document.querySelector("[data-stream]")) return;
    e.preventDefault();
    load(link);
  });
  watch();
};
