// Parts of a page that follow live changes: data-follow is the address of an
// event stream whose events carry the part's new HTML.
import { glide, morph, places } from "../morph.js";
import { parse } from "../parse.js";

const take = (part, html) => {
  const before = places(part);
  const want = part.cloneNode();
  want.append(...parse(html).body.childNodes);
  morph(part, want);
  glide(part, before);
};

export const following = () => {
  for (const part of document.querySelectorAll("[data-follow]")) {
    let events;
    const listen = () => {
      if (document.hidden) return events?.close();
      events = new EventSource(part.dataset.follow);
      events.onmessage = (e) => take(part, e.data);
    };
    document.addEventListener("visibilitychange", listen);
    listen();
  }
};
