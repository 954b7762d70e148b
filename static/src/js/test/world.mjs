// The few things of a browser that the frame's modules touch, for tests in Node.
export const sent = []; // what the frame posted to its parent: [message, target]
export const requests = []; // [url, body] of every fetch
export const answers = []; // what fetch gives, in this order
const listeners = [];

export const parentWindow = { postMessage: (message, target, ports) => sent.push([message, target, ports]) };

// hear plays a window message to the frame.
export const hear = (data, origin, source = parentWindow) => listeners.forEach((l) => l({ data, origin, source }));

export const answer = (status, body, headers = {}) => answers.push([status, body, headers]);

const fetchStub = async (url, init) => {
  requests.push([url, init.body && JSON.parse(init.body), init.headers]);
  const [status, body, headers] = answers.shift() ?? [500, {}, {}];
  return new Response(JSON.stringify(body), { status, headers });
};

export const world = ({ origins = [], ancestor, referrer = "", mode = "member", init }) => {
  const dataset = { widget: "w1", mode, origins: JSON.stringify(origins) };
  Object.assign(globalThis, {
    self: {},
    parent: parentWindow,
    window: { __WIDGET_INIT__: init },
    document: { getElementById: () => ({ dataset }), referrer },
    location: { search: "", pathname: "/embed/leaderboard/w1", ancestorOrigins: ancestor && [ancestor] },
    addEventListener: (type, listener) => type === "message" && listeners.push(listener),
    fetch: fetchStub,
  });
  Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });
};
