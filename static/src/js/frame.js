// The script inside the frame. It makes a page that is already complete alive:
// it offers the host a port, keeps the frame as tall as the content, signs the
// member in, swaps tabs in place and follows live changes.
//
// The page's contract:
//
//   <html lang dir data-theme="light|dark|auto">
//   <link rel="stylesheet" href="/static/widget.….css">
//   <script nonce="…">window.__WIDGET_INIT__ = { token: "" }</script>
//   <script nonce="…" defer src="/static/frame.….js"></script>
//   <main id="laurel"
//     data-widget="ID" data-kind="leaderboard"
//     data-mode="public|member|ticket"
//     data-origins='["https://a.example","https://*.b.example"]'  who may talk to it;
//                               with our own origin among them in the preview
//     data-body="/embed/leaderboard/ID/body"   the markup for a bearer
//     data-live="/embed/leaderboard/ID/live"   server-sent events; absent: not live
//     data-revision="12"        number of what is shown
//     data-text='{"retry":"…","offline":"…"}'  words by code, in the page's language
//     data-request="…">         only on error pages
//
// #laurel alone decides the height: no viewport units, no percentages of it.
// Inside it: data-key on rows keeps a row the same element while it moves;
// data-me with data-rank and, optionally, data-say (a sentence) on the member's
// own row is read out when the rank changes; links with data-period are fetched
// in place with their whole query; links with data-navigate are handed to the
// host; data-error="widget_gone" marks the panel of an error page, data-retry
// its button. No style attributes anywhere: the policy refuses them.
//
// member: the page is a shell; the token comes from __WIDGET_INIT__.token, the
// host's port or the older postMessage, and is exchanged by POST
// /v2/api/widget-access-keys/session {embedToken, widgetId, origin} for
// {data:{accessToken, refreshToken?, expiresIn, sessionExpiresIn}} in seconds;
// the same address renews with {refreshToken, widgetId, origin}. ticket: the
// page is complete and __WIDGET_INIT__.session holds that same data. public: as
// is, and becomes member when the host hands a token over.
//
// data-body and the page itself (public) answer with HTML: a page with #laurel,
// or what stands inside it, or only the changed elements of it that carry
// data-part="name" (such as may stand in a body: no bare rows); the query is the page's (period, locale, …).
// data-live takes the same query and since=REVISION; an event's id is its
// revision and its data such HTML. Event "reload" has the markup fetched again,
// event "error" {code, requestId} ends the view. The server sends a comment at
// least every 20 s. Frames in a sandbox have the origin "null": page, body, live
// and session answer with Access-Control-Allow-Origin: * and take the headers
// Authorization and Content-Type.
//
// Failures carry {error:{code}} or {code}; unknown codes go by their status.
import { legacy, offer, send } from "./frame/host.js";
import { report } from "./frame/height.js";
import { apply } from "./frame/patch.js";
import { call } from "./frame/call.js";
import { give, signIn } from "./frame/session.js";
import { follow } from "./frame/live.js";
import { show } from "./frame/panel.js";
import { main, page, query } from "./frame/page.js";

const root = document.documentElement;
const faulty = () => main.dataset.error || main.querySelector("[data-error]")?.dataset.error;
let failed = faulty();
let ready;

// load fetches what is shown again, as the query says now, and swaps it in.
const load = async () => {
  main.ariaBusy = "true";
  try {
    const res = await call((page.member ? page.body : location.pathname) + "?" + query);
    apply(await res.text());
    if (failed) send("event", { name: "recovered" });
    failed = "";
    settle();
    follow(load, fail);
  } catch (e) {
    fail(e);
  }
  main.ariaBusy = "false";
};

// settle tells the host, height first, that the widget can be seen.
const settle = () => {
  report();
  if (!ready && !failed) send("ready");
  ready = 1;
};

// A failure is shown and told; the first answer is final until it is retried.
const fail = (e) => {
  failed = e.code || "server_error";
  ready = 1;
  follow();
  show(failed, e.requestId);
  report();
  send("error", { code: failed, message: e.message, requestId: e.requestId });
};

const handlers = {
  token(m) {
    page.member = 1;
    if (!give(m.token)) load();
  },
  refresh: () => load(),
  theme(m) {
    root.dataset.theme = m.theme || "auto";
  },
  locale(m) {
    if (!m.locale || m.locale === (query.get("locale") || root.lang)) return;
    query.set("locale", m.locale);
    load();
  },
};

main.addEventListener("click", (e) => {
  const link = e.target.closest("[data-period],[data-navigate],[data-retry]");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  if ("navigate" in link.dataset) {
    send("navigate", { href: link.href });
    return;
  }
  e.preventDefault();
  if ("retry" in link.dataset && faulty()) return location.reload();
  if (link.href) for (const [name, value] of new URL(link.href).searchParams) query.set(name, value);
  load();
});

addEventListener("online", () => failed && !faulty() && load());

offer((m) => handlers[m.type]?.(m));
legacy((token, again) => (token ? handlers.token({ token }) : again && load()));

if (failed) fail({ code: failed, requestId: main.dataset.request });
else if (signIn()) {
  settle();
  follow(load, fail);
  if (!page.member) send("token-request");
} else load();
