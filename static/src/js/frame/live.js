// Live changes by server-sent events, read by fetch, so that a member's token
// stays in a header. Only a widget that can be seen listens.
import { call } from "./call.js";
import { apply } from "./patch.js";
import { main, query } from "./page.js";

let life;
let stream;
let seen = 1;
let nudge = () => {};
let watching;

const shown = () => seen && !document.hidden;

const watch = () => {
  if (watching) return;
  const changed = () => (shown() ? nudge() : stream?.abort());
  watching = new IntersectionObserver((entries) => {
    seen = entries.pop().isIntersecting;
    changed();
  });
  watching.observe(main);
  document.addEventListener("visibilitychange", changed);
  addEventListener("online", changed);
};

// pause waits for so many ms, or for the next reason to try again.
const pause = (ms) =>
  new Promise((resolve) => {
    nudge = resolve;
    if (ms) setTimeout(resolve, ms);
  });

const handle = (block, reload) => {
  const field = { data: "" };
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w+): ?(.*)/.exec(line) || [];
    if (name === "data") field.data += value + "\n";
    else if (name) field[name] = value;
  }
  if (field.event === "error") throw Object.assign(new Error(), JSON.parse(field.data), { fatal: 1 });
  if (field.event === "reload") reload();
  else if (field.data) apply(field.data);
  if (field.id) main.dataset.revision = field.id;
};

const listen = async (reload) => {
  const mine = (stream = new AbortController());
  const res = await call(`${main.dataset.live}?${query}&since=${main.dataset.revision || 0}`, { signal: mine.signal });
  const reader = res.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const silence = setTimeout(() => mine.abort(), 45e3);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    const blocks = (text + decoder.decode(value, { stream: true }).replace(/\r/g, "")).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) if (block) handle(block, reload);
  }
};

// follow listens until it is called again; without arguments it only stops.
// After a quiet end it comes back in about a second, after a failure not more
// often than every ten.
export const follow = async (reload, fail) => {
  const mine = (life = {});
  stream?.abort();
  if (!reload || !main.dataset.live) return;
  watch();
  let wait = 10e3;
  while (mine === life) {
    if (!shown()) {
      await pause();
      continue;
    }
    let quiet;
    try {
      await listen(reload);
      quiet = 1;
    } catch (e) {
      if (mine === life && (e.fatal || /embed|origin|gone|key/.test(e.code))) return fail(e);
    }
    if (quiet) wait = 10e3;
    if (mine === life && shown()) await pause(quiet ? 500 + Math.random() * 1e3 : (wait = Math.min(wait * 1.5, 6e4)));
  }
};
