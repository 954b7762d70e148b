// The custom elements that partners put into their pages. embed.js and
// widget-loader.js define them; this file is everything the host page runs, so
// every byte counts (the budget is a test). Names ending in _ are shortened by
// the build.
//
// Attributes: widget (widget-id, community-id), token (embed-token), auth-url,
// theme (light, dark, auto), locale, width, height, eager, sandbox, title,
// timeout (ms), error-label, retry-label, widget-url (api-url); each also as
// data-…. Property: token, a string or a function that gives one or a promise.
// Events: laurel:ready, resize, error {code}, token-request, navigate, event.
// Methods: refresh(), setTheme(t), setLocale(l), destroy().

const CSS = `:host{display:block;position:relative;overflow:hidden;column-rule-color:CanvasText}
iframe{display:block;width:100%;height:100%;border:0}
:host([hidden]){display:none}
i,div{position:absolute;inset:0;border-radius:12px;background:color-mix(in srgb,CanvasText 7%,Canvas)}
div{display:grid;place-content:center;justify-items:center;gap:12px;padding:16px;color:CanvasText;font:15px/1.4 system-ui}
button{font:inherit;padding:8px 16px}
@media(prefers-reduced-motion:no-preference){i{animation:a 1s infinite alternate}}
@keyframes a{to{opacity:.5}}`;

const DARK = matchMedia("(prefers-color-scheme:dark)");
const length = (v) => (v > 0 || v === "0" ? v + "px" : v);

class Widget extends HTMLElement {
  static observedAttributes = ["theme", "locale", "widget"];

  connectedCallback() {
    if (!this.root_) {
      this.root_ = this.attachShadow({ mode: "closed" });
      this.sheet_ = new CSSStyleSheet();
      this.sheet_.replaceSync(CSS);
      this.root_.adoptedStyleSheets = [this.sheet_];
    }
    this.paint_();
    this.skeleton_();
    const start = () => this.load_();
    if (this.attr_("eager") != null) return start();
    this.watch_ = new IntersectionObserver((seen) => seen.some((e) => e.isIntersecting) && start(), { rootMargin: "500px" });
    this.watch_.observe(this);
  }

  disconnectedCallback() {
    this.stop_();
    this.root_.replaceChildren();
  }

  attributeChangedCallback(name, before, value) {
    if (!this.root_ || before === value) return;
    if (name === "widget") return this.life_ && this.load_();
    this.paint_();
    this.tell_();
  }

  refresh() {
    this.port_ ? this.send_("refresh") : this.load_();
  }

  setTheme(theme) {
    this.setAttribute("theme", theme);
  }

  setLocale(locale) {
    this.setAttribute("locale", locale);
  }

  destroy() {
    this.remove();
  }

  attr_(...names) {
    for (const n of names) {
      const value = this.getAttribute(n) ?? this.getAttribute("data-" + n);
      if (value != null) return value;
    }
  }

  // paint_ sizes the element and settles the theme: the one asked for, else the
  // colour scheme that the host page has here, told by the colour of text: black
  // is light. Element and frame agree on it.
  paint_() {
    const [{ style }, frame] = this.sheet_.cssRules;
    const theme = this.attr_("theme");
    style.width = length(this.attr_("width") || "100%");
    style.minHeight = length(this.attr_("height") || this.reserve_);
    style.colorScheme = /^(light|dark)$/.test(theme) ? theme : "";
    frame.style.colorScheme = this.theme_ = getComputedStyle(this).columnRuleColor[4] > 0 ? "dark" : "light";
  }

  tell_() {
    this.send_("theme", { theme: this.theme_ });
    this.send_("locale", { locale: this.locale_() });
  }

  locale_() {
    return this.attr_("locale") || this.closest("[lang]")?.lang;
  }

  skeleton_() {
    this.root_.replaceChildren(document.createElement("i"));
  }

  // Every timer, listener and port belongs to one life, and ends with it.
  stop_() {
    this.watch_?.disconnect();
    this.life_?.abort();
    clearTimeout(this.deadline_);
    clearTimeout(this.again_);
    this.port_?.close();
    this.port_ = this.frame_ = this.watch_ = this.life_ = this.blocked_ = null;
  }

  load_() {
    this.stop_();
    this.skeleton_();
    this.life_ = new AbortController();
    const base = this.attr_("widget-url", "api-url") || this.home_;
    const id = this.attr_("widget", "widget-id", "community-id") || "";
    const url = new URL(this.path_ + encodeURIComponent(id), base);
    const signal = this.life_.signal;
    url.searchParams.set("theme", this.theme_);
    if (this.locale_()) url.searchParams.set("locale", this.locale_());
    const sandbox = this.attr_("sandbox");
    const origins = sandbox == null && origin !== "null" ? [url.origin] : [url.origin, "null"];
    addEventListener("message", (e) => {
      const m = e.data;
      if (this.frame_ && e.source === this.frame_.contentWindow && origins.includes(e.origin) && m?.source === "laurel" && m.v === 1 && m.type === "port" && e.ports[0]) this.accept_(e.ports[0], m.widget);
    }, { signal });
    DARK.addEventListener("change", () => {
      this.paint_();
      this.tell_();
    }, { signal });
    this.deadline_ = setTimeout(() => this.fail_(this.blocked_ ? "frame_blocked" : "timeout"), +this.attr_("timeout") || 4500);
    this.attempt_(url.href, sandbox, 500);
  }

  // One try to show the frame. A page that loads without offering a port is not
  // ours: the browser refused the frame, or the network failed.
  attempt_(src, sandbox, pause) {
    const frame = document.createElement("iframe");
    this.frame_?.remove();
    this.frame_ = frame;
    frame.title = this.attr_("title") || "Widget";
    frame.referrerPolicy = "origin";
    frame.scrolling = "no";
    if (sandbox != null) frame.setAttribute("sandbox", sandbox);
    frame.onload = () => {
      if (this.port_ || frame !== this.frame_) return;
      this.again_ = setTimeout(() => {
        this.blocked_ = 1;
        this.attempt_(src, sandbox, pause * 2);
      }, 500 + pause);
    };
    frame.src = src;
    this.root_.prepend(frame);
  }

  accept_(port, id) {
    let failed;
    clearTimeout(this.deadline_);
    clearTimeout(this.again_);
    this.port_?.close();
    this.port_ = port;
    this.id_ = id;
    port.onmessage = ({ data: m }) => {
      if (m?.source !== "laurel" || m.v !== 1 || m.widget !== id || port !== this.port_) return;
      const type = m.type;
      if (type === "resize") {
        if (!(m.height >= 0)) return;
        this.frame_.style.height = Math.ceil(m.height) + "px";
      }
      if (type === "token-request") this.answer_(port);
      if (type === "error") failed = 1;
      if (/^(ready|error)$/.test(type)) this.root_.querySelector("i")?.remove();
      if (/^(resize|error|token-request|navigate|event)$/.test(type) || (type === "ready" && !failed)) this.emit_(type, m);
    };
    this.tell_();
  }

  async answer_(port) {
    try {
      const url = this.attr_("auth-url");
      let token = this.token ?? this.attr_("token", "embed-token");
      if (typeof token === "function") token = await token();
      else if (!token && url) token = (await (await fetch(url, { method: "POST" })).json()).token;
      if (token && port === this.port_) this.send_("token", { token });
    } catch {
      if (port === this.port_) this.fail_("server_error");
    }
  }

  send_(type, more) {
    this.port_?.postMessage({ source: "laurel", v: 1, widget: this.id_, type, ...more });
  }

  emit_(type, detail) {
    this.dispatchEvent(new CustomEvent("laurel:" + type, { detail, bubbles: true, composed: true }));
  }

  fail_(code) {
    if (!navigator.onLine) code = "offline";
    this.stop_();
    this.life_ = new AbortController();
    const panel = document.createElement("div");
    const retry = document.createElement("button");
    const message = this.attr_("error-label") || "This content could not be loaded.";
    panel.setAttribute("role", "alert");
    retry.textContent = this.attr_("retry-label") || "Retry";
    retry.onclick = () => this.load_();
    panel.append(message, retry);
    this.root_.replaceChildren(panel);
    addEventListener("online", () => this.load_(), { signal: this.life_.signal });
    this.emit_("error", { code, message });
  }
}

// define makes the element of every registered kind, with pages at home. KINDS
// comes from the registry: [page path, height to reserve, tag, alias…].
export const define = (home) => {
  for (const [path, height, ...tags] of KINDS)
    for (const tag of tags) {
      if (customElements.get(tag)) continue;
      class Kind extends Widget {}
      Object.assign(Kind.prototype, { path_: path, reserve_: height, home_: home });
      customElements.define(tag, Kind);
    }
};
