// Forms with data-unsaved ask before their changes are lost.
const snapshot = (form) => new URLSearchParams([...new FormData(form)].filter(([, v]) => typeof v === "string")).toString();

export const unsaved = () => {
  const clean = new Map([...document.querySelectorAll("form[data-unsaved]")].map((f) => [f, snapshot(f)]));
  if (!clean.size) return;
  addEventListener("submit", (e) => clean.delete(e.target));
  addEventListener("beforeunload", (e) => {
    for (const [form, was] of clean) if (snapshot(form) !== was) e.preventDefault();
  });
};
