// The calm panel that stands where the widget cannot be shown.
import { main, page } from "./page.js";

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

// show replaces the content by one sentence, a retry button and the request id.
// An error page from the server says it all by itself.
export const show = (code, requestId) => {
  if (main.dataset.error || main.querySelector("[data-error]")) return;
  const panel = element("div");
  const retry = element("button", page.words.retry || "Try again");
  panel.className = "lb laurel-panel";
  panel.setAttribute("role", "alert");
  retry.dataset.retry = "";
  panel.append(element("p", page.words[code] || page.words.server_error || "This cannot be shown right now."), retry);
  if (requestId) panel.append(element("small", requestId));
  main.replaceChildren(panel);
};
