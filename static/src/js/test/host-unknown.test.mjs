import assert from "node:assert/strict";
import test from "node:test";
import { sent, world } from "./world.mjs";

world({ origins: ["https://a.example", "https://*.b.example", "capacitor://localhost"] });
const { ask, host, offer, targets } = await import("../frame/host.js");

test("without knowing the host, each exact origin is offered a port of its own", () => {
  assert.equal(host, "");
  assert.deepEqual(targets, ["https://a.example", "capacitor://localhost"]);
  offer(() => {});
  assert.deepEqual(sent.map(([, target]) => target), targets);
  assert.notEqual(sent[0][2][0], sent[1][2][0]);
  for (const [, , [port]] of sent) port.close();
});

test("nobody is ever addressed by a star", () => {
  ask();
  assert.ok(sent.every(([, target]) => !target.includes("*")));
});

setTimeout(() => process.exit(), 200).unref(); // the ports' other ends stay open
