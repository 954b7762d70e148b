// Short notes in the live region #toasts; they leave by themselves, but not
// while somebody points at them.
const LIFE = 6000; // ms

const expire = (note) => {
  const go = () => (note.matches(":hover") ? setTimeout(go, 1000) : note.remove());
  setTimeout(go, LIFE);
};

export const toast = (text, tone) => {
  const note = document.createElement("p");
  note.className = "toast" + (tone ? " is-" + tone : "");
  note.textContent = text;
  document.getElementById("toasts")?.append(note);
  expire(note);
};

export const toasts = () => document.querySelectorAll("#toasts .toast:not(.is-bad)").forEach(expire);
