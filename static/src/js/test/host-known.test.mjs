import assert from "node:assert/strict";
import test from "node:test";
import { hear, parentWindow, sent, world } from "./world.mjs";

world({ origins: ["https://a.example", "https://*.b.example"], ancestor: "https://shop.b.example" });
const { ask, legacy, offer, send, targets } = await import("../frame/host.js");

test("a known host that a wildcard allows is the only target", () => {
  assert.deepEqual(targets, ["https://shop.b.example"]);
});

test("the port goes to the exact target and hears only this widget", async () => {
  const heard = [];
  offer((m) => heard.push(m.type));
  const [message, target, [port]] = sent.pop();
  assert.deepEqual([message, target], [{ source: "laurel", v: 1, widget: "w1", type: "port" }, "https://shop.b.example"]);

  const got = new Promise((resolve) => (port.onmessage = (e) => resolve(e.data)));
  send("resize", { height: 10 });
  assert.deepEqual(await got, { source: "laurel", v: 1, widget: "w1", type: "resize", height: 10 });

  const bad = [null, "token", 7, {}, { source: "other", v: 1, widget: "w1", type: "token" }, { source: "laurel", v: 2, widget: "w1", type: "token" }, { source: "laurel", v: 1, widget: "w2", type: "token" }];
  for (const m of bad) port.postMessage(m);
  port.postMessage({ source: "laurel", v: 1, widget: "w1", type: "refresh" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(heard, ["refresh"]);
  port.close();
});

test("older messages are heard from the parent and allowed origins only", () => {
  const heard = [];
  legacy((token, again) => heard.push([token, again]));
  const token = { type: "RETURNINGAI_WIDGET_TOKEN", value: "t1" };
  hear(token, "https://a.example");
  hear({ type: "RETURNINGAI_WIDGET_TOKEN", token: "t2", widgetId: "any" }, "https://x.b.example");
  hear({ type: "RETURNINGAI_WIDGET_REQUEST_TOKEN", value: "t3" }, "https://a.example");
  hear({ type: "RETURNINGAI_WIDGET_REFRESH" }, "https://a.example");
  assert.deepEqual(heard, [["t1", false], ["t2", false], ["t3", false], [undefined, true]]);

  hear(token, "https://evil.example");
  hear(token, "https://b.example");
  hear(token, "https://evil.example#.b.example");
  hear(token, "https://a.example.evil.example");
  hear(token, "null");
  hear(token, "https://a.example", {});
  hear({ type: "OTHER", value: "t" }, "https://a.example");
  hear(null, "https://a.example", parentWindow);
  assert.equal(heard.length, 4);
});

test("a token is asked for with an exact target", () => {
  sent.length = 0;
  ask();
  assert.deepEqual(sent.map(([m, t]) => [m.type, t]), [["RETURNINGAI_WIDGET_REQUEST_TOKEN", "https://shop.b.example"]]);
});
