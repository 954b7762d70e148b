// Talking with the host page: by a port that is offered to exactly the origins
// that may have it, and by the older messages of Returning.AI's embeds.
import { main } from "./page.js";

const origins = JSON.parse(main.dataset.origins || "[]");
const ports = [];

const allowed = (origin) =>
  origins.some((o) => {
    const [head, tail] = o.split("*");
    return tail == null ? o === origin : origin.startsWith(head) && origin.endsWith(tail) && /^[\w.-]+$/.test(origin.slice(head.length, -tail.length));
  });

// The host's origin, as far as the browser tells; "" when it does not.
export const host = (() => {
  try {
    return location.ancestorOrigins?.[0] || new URL(document.referrer).origin;
  } catch {
    return "";
  }
})();

// Where messages may go: to the host when it is known, else to each allowed
// origin that has no wildcard; a browser delivers only to the right one.
export const targets = parent === self ? [] : allowed(host) ? [host] : origins.filter((o) => !o.includes("*"));

const shaped = (type, more) => ({ source: "laurel", v: 1, widget: main.dataset.widget, type, ...more });

export const send = (type, more) => ports.forEach((p) => p.postMessage(shaped(type, more)));

export const offer = (receive) =>
  targets.forEach((target) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data: m }) => m?.source === "laurel" && m.v === 1 && m.widget === main.dataset.widget && receive(m);
    ports.push(port1);
    parent.postMessage(shaped("port"), target, [port2]);
  });

const TYPE = "RETURNINGAI_WIDGET_";

// legacy hears the older messages, from the parent and allowed origins only.
// Some clients answer with the type of the question, so each type may bring a
// token, under either of its names.
export const legacy = (receive) =>
  addEventListener("message", ({ data: m, origin, source }) => {
    if (source === parent && allowed(origin) && typeof m?.type === "string" && m.type.startsWith(TYPE)) receive(m.value || m.token, m.type === TYPE + "REFRESH");
  });

// ask wants a token from whoever embeds this page.
export const ask = () => {
  send("token-request");
  targets.forEach((target) => parent.postMessage({ type: TYPE + "REQUEST_TOKEN" }, target));
};
