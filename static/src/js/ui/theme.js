// The theme switch: applied at once, kept by the server.
const apply = (form, theme) => {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button[name=theme]")) button.ariaPressed = String(button.value === theme);
};

export const theme = () =>
  document.addEventListener("submit", (e) => {
    const form = e.target.closest("[data-theme-switch]");
    if (!form || !e.submitter?.value) return;
    e.preventDefault();
    apply(form, e.submitter.value);
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, e.submitter)), redirect: "manual" }).catch(() => {});
  });
