// The stream of a conversation: messages, who is writing, the channels' numbers.
import { morph } from "../morph.js";
import { parse } from "../parse.js";
import { take } from "./list.js";

const log = () => document.querySelector(".talk-log");

// The newest message stands at the bottom of a column that runs upwards: there
// scrollTop is 0, and who reads further up is not moved.
export const toEnd = () => log()?.scrollTo({ top: 0 });

const address = (flow, last) => {
  const url = new URL(flow.dataset.stream, location.href);
  if (last) url.searchParams.set("since", last);
  return url;
};

export const listening = () => {
  const flow = document.querySelector("[data-stream]");
  if (!flow) return;
  let events;
  let last;
  const on = (name, fn) => events.addEventListener(name, (e) => fn(parse(e.data).body, e));
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(address(flow, last));
    on("messages", (body, e) => {
      last = e.lastEventId;
      take(body);
    });
    on("state", (body) => (document.querySelector("[data-state]").textContent = body.textContent));
    on("rooms", (body) => {
      const have = document.querySelector("[data-rooms]");
      if (have && body.firstElementChild) morph(have, body.firstElementChild);
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
};
