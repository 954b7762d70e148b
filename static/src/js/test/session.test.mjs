import assert from "node:assert/strict";
import test from "node:test";
import { answer, requests, sent, world } from "./world.mjs";

world({ origins: ["https://a.example"], ancestor: "https://a.example", init: { token: "embed-1" } });
const { bearer, forget, give, signIn } = await import("../frame/session.js");
const { call } = await import("../frame/call.js");

const granted = (accessToken, refreshToken) => answer(200, { data: { accessToken, refreshToken, expiresIn: 300, sessionExpiresIn: 28800 } });

test("a member's page is not complete before the session", () => {
  assert.ok(!signIn());
});

test("the embed token is exchanged once, however many ask", async () => {
  granted("access-1", "refresh-1");
  assert.deepEqual(await Promise.all([bearer(), bearer(), bearer()]), ["access-1", "access-1", "access-1"]);
  assert.deepEqual(requests, [["/v2/api/widget-access-keys/session", { embedToken: "embed-1", widgetId: "w1", origin: "https://a.example" }, { "Content-Type": "application/json" }]]);
});

test("a refused access token is renewed once and the call repeated", async () => {
  requests.length = 0;
  answer(401, {});
  granted("access-2", "refresh-2");
  answer(200, {});
  await call("/body");
  assert.deepEqual(requests.map(([url, body, headers]) => [url, body?.refreshToken ?? headers.Authorization]), [
    ["/body", "Bearer access-1"],
    ["/v2/api/widget-access-keys/session", "refresh-1"],
    ["/body", "Bearer access-2"],
  ]);
});

test("an ended session asks the host for a new token", async () => {
  requests.length = 0;
  sent.length = 0;
  forget();
  answer(401, {});
  const next = bearer();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(sent[0][0].type, "RETURNINGAI_WIDGET_REQUEST_TOKEN");
  granted("access-3");
  assert.ok(give("embed-2"));
  assert.equal(await next, "access-3");
  assert.equal(requests.at(-1)[1].embedToken, "embed-2");
});

test("refusals keep their code and request id", async () => {
  for (const [status, body, want] of [
    [401, { error: { code: "embed_replayed" } }, "embed_replayed"],
    [403, { code: "origin_not_allowed" }, "origin_not_allowed"],
    [403, { code: "something_else" }, "origin_not_allowed"],
    [410, {}, "widget_gone"],
    [429, {}, "rate_limited"],
    [503, {}, "server_error"],
  ]) {
    give("embed-3");
    answer(status, body, { "X-Request-Id": "req-7" });
    await assert.rejects(bearer(), { code: want, requestId: "req-7" });
  }
});
