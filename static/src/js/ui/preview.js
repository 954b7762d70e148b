// Live previews of what a form would make.
import { morph } from "../morph.js";
import { parse } from "../parse.js";

// later runs the last of many calls, when they have stopped for so many ms.
const later = (ms, run) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
};

// refreshing posts the form to its data-preview address and brings the answer
// into the element that data-preview-target names.
const refreshing = (form) => {
  const target = document.getElementById(form.dataset.previewTarget);
  let last;
  return later(250, async () => {
    last?.abort();
    last = new AbortController();
    try {
      const res = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: last.signal });
      if (!res.ok) return;
      const doc = parse(await res.text());
      const want = target.cloneNode();
      want.append(...doc.body.childNodes);
      morph(target, want);
    } catch {
      // the next change tries again
    }
  });
};

// reframing shows the frame with the form's look in its address.
const reframing = (form) => {
  const frame = document.getElementById(form.dataset.widgetPreview);
  return later(250, () => {
    if (!frame) return;
    const url = new URL(frame.src);
    for (const [name, value] of new FormData(form)) if (/^(theme|locale|size|period)$/.test(name)) url.searchParams.set(name, value);
    if (url.href !== frame.src) frame.src = url;
  });
};

export const previews = () => {
  for (const form of document.querySelectorAll("[data-preview],[data-widget-preview]")) {
    const run = form.dataset.preview ? refreshing(form) : reframing(form);
    form.addEventListener("input", run);
    form.addEventListener("change", run);
  }
};

// autosize keeps frames of our own as tall as their content; they speak as they
// do to any host, by the port they offer.
export const autosize = () =>
  addEventListener("message", ({ data: m, origin, source, ports }) => {
    const frame = [...document.querySelectorAll("iframe[data-autosize]")].find((f) => f.contentWindow === source);
    if (!frame || origin !== location.origin || m?.source !== "laurel" || m.type !== "port" || !ports[0]) return;
    ports[0].onmessage = ({ data }) => {
      if (data?.type === "resize" && data.height >= 0) frame.style.height = data.height + "px";
    };
  });
