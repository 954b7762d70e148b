// Requests to our own server: never with cookies, always with an end.
import { bearer, forget } from "./session.js";
import { page } from "./page.js";

const CODES = /^(embed_|origin_n|widget_g|rate_|bad_k|timeout|server_e)/;
const BY_STATUS = { 401: "embed_expired", 403: "origin_not_allowed", 404: "widget_gone", 410: "widget_gone", 429: "rate_limited" };

export const failure = (code, requestId) => Object.assign(new Error(code), { code, requestId });

const refusal = async (res) => {
  let body;
  try {
    body = await res.json();
  } catch {}
  const code = body?.error?.code || body?.code;
  return failure(CODES.test(code) ? code : BY_STATUS[res.status] || "server_error", res.headers.get("X-Request-Id") || body?.requestId);
};

// request fetches with a limit of seconds until the headers are there. It gives
// the response, or throws a failure with a code.
export const request = async (url, init = {}) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 4500);
  init.signal?.addEventListener("abort", () => stop.abort());
  let res;
  try {
    res = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", ...init, signal: stop.signal });
  } catch {
    throw failure(navigator.onLine ? "timeout" : "offline");
  } finally {
    clearTimeout(timer);
  }
  if (res.ok) return res;
  throw Object.assign(await refusal(res), { status: res.status });
};

// call is request with the member's token where there is a member; a token that
// is refused is renewed once.
export const call = async (url, init) => {
  if (!page.member) return request(url, init);
  const signed = async () => request(url, { ...init, headers: { Authorization: "Bearer " + (await bearer()) } });
  try {
    return await signed();
  } catch (e) {
    if (e.status !== 401 || e.code !== "embed_expired") throw e;
    forget();
    return signed();
  }
};
