// The member's session. Tokens live in these variables and nowhere else.
import { ask, host } from "./host.js";
import { failure, request } from "./call.js";
import { main, page } from "./page.js";

const given = window.__WIDGET_INIT__ || {};
let embed = given.token;
let session;
let expires = 0;
let waiting;
let renewing;

const keep = (data) => {
  session = data;
  expires = performance.now() + (data.expiresIn - 20) * 1000;
};

// signIn reports whether the page is complete already: it is public, or came
// with a session.
export const signIn = () => {
  if (given.session) keep(given.session);
  return !page.member || session;
};

// give takes a token from the host. It is true when somebody waited for it.
export const give = (token) => {
  if (waiting) return waiting(token), 1;
  embed = token;
  session = null;
};

// forget lets the next request renew the session.
export const forget = () => {
  expires = 0;
};

const wanted = () =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting = 0;
      reject(failure("timeout"));
    }, 4500);
    waiting = (token) => {
      clearTimeout(timer);
      waiting = 0;
      resolve(token);
    };
    ask();
  });

const exchange = async (body) => {
  const res = await request("/v2/api/widget-access-keys/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, widgetId: main.dataset.widget, origin: host }),
  });
  keep((await res.json()).data);
};

const renew = async () => {
  if (session?.refreshToken) {
    try {
      return await exchange({ refreshToken: session.refreshToken });
    } catch (e) {
      if (e.status !== 401) throw e;
      session = null;
    }
  }
  const embedToken = embed || (await wanted());
  embed = "";
  await exchange({ embedToken });
};

// bearer gives an access token that is still good, renewed in silence.
export const bearer = async () => {
  if (performance.now() > expires || !session) {
    renewing ||= renew().finally(() => {
      renewing = 0;
    });
    await renewing;
  }
  return session.accessToken;
};
