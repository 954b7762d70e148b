// The calm panel that stands where the widget cannot be shown.
import { main, page } from "./page.js";

const EXPIRED = "This view has ended. Reload the page to see it again.";
const WORDS = {
  embed_expired: EXPIRED,
  embed_replayed: EXPIRED,
  embed_revoked: EXPIRED,
  origin_not_allowed: "This widget cannot be shown on this site.",
  widget_gone: "This widget is no longer available.",
  offline: "You are offline.",
  rate_limited: "Too many requests. Try again in a moment.",
  retry: "Try again",
};

const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
const words = (code) => page.words[code] || WORDS[code];

// show replaces the content by one sentence, a retry button and the request id.
// An error page from the server says it all by itself.
export const show = (code, requestId) => {
  if (main.dataset.error) return;
  const panel = element("div");
  const retry = element("button", words("retry"));
  panel.className = "laurel-panel";
  panel.setAttribute("role", "alert");
  retry.dataset.retry = "";
  panel.append(element("p", words(code) || words("server_error") || "This could not be loaded just now."), retry);
  if (requestId) panel.append(element("small", requestId));
  main.replaceChildren(panel);
};
