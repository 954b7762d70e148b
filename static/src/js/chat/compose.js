// The composer: Enter sends, pictures are shown before they go, an answer or a
// change is taken up in place, and what was refused stays as typed.
import { ask } from "./ask.js";
import { take } from "./list.js";
import { toEnd } from "./live.js";

const TYPING = 3000; // ms between two signs of writing

const form = () => document.querySelector("[data-compose]");
const field = () => form()?.querySelector("textarea");

const tell = (text) => {
  form().querySelector("[data-fault]").textContent = text;
  field().toggleAttribute("aria-invalid", Boolean(text));
};

// swap brings in the composer for an answer, a change, or neither.
export const swap = async (url, keep) => {
  const typed = keep ? field()?.value : "";
  const answer = await ask(url);
  const fresh = answer.body.querySelector("[data-compose]");
  if (!answer.ok || !fresh) return;
  form().replaceWith(document.importNode(fresh, true));
  if (typed) field().value = typed;
  field().focus();
};

const preview = () => {
  const box = form().querySelector("[data-previews]");
  const files = [...(form().querySelector("[data-attach]")?.files || [])];
  box.replaceChildren();
  box.hidden = !files.length;
  for (const file of files) {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.alt = file.name;
    const read = new FileReader();
    read.onload = () => (image.src = read.result);
    read.readAsDataURL(file);
    item.append(image, file.name);
    box.append(item);
  }
  tell(files.length > 4 ? "At most 4 pictures." : files.some((f) => f.size > 8 << 20) ? "A picture may have at most 8 MB." : "");
};

const send = async (target) => {
  if (target.dataset.busy) return;
  const files = target.querySelector("[data-attach]")?.files.length;
  if (!field().value.trim() && !files) return field().focus();
  target.dataset.busy = "1";
  try {
    const answer = await ask(target.action, new FormData(target));
    if (!answer.ok) return tell(answer.text);
    take(answer.body);
    const cancel = target.querySelector("[data-cancel]");
    if (!target.querySelector("[name=edit]")) toEnd();
    if (cancel) return await swap(cancel.href);
    target.reset();
    field().value = "";
    preview();
  } catch {
    tell("No connection: your message was not sent.");
  } finally {
    delete target.dataset.busy;
    field()?.focus();
  }
};

let said = 0;

const writing = (on) => {
  if (on && Date.now() - said < TYPING) return;
  said = on ? Date.now() : 0;
  const body = new FormData();
  if (on) body.set("typing", "1");
  fetch(new URL(form().getAttribute("action") + "/typing", location.href), { method: "POST", body }).catch(() => {});
};

// lastOwn is the reader's newest message, for the arrow up.
const lastOwn = () => [...document.querySelectorAll("[data-mine] [data-act=edit]")].at(-1);

const keyed = (e) => {
  if (e.target !== field() || e.isComposing || e.defaultPrevented) return;
  const cancel = form().querySelector("[data-cancel]");
  if (e.key === "Enter" && !e.shiftKey) {
    e.preventDefault();
    form().requestSubmit();
  } else if (e.key === "Escape" && cancel) {
    swap(cancel.href);
  } else if (e.key === "ArrowUp" && !field().value && lastOwn()) {
    e.preventDefault();
    swap(lastOwn().href);
  }
};

const pasted = (e) => {
  const attach = form()?.querySelector("[data-attach]");
  const files = [...(e.clipboardData?.files || [])].filter((f) => f.type.startsWith("image/"));
  if (e.target !== field() || !attach || !files.length) return;
  e.preventDefault();
  const all = new DataTransfer();
  for (const f of [...attach.files, ...files]) all.items.add(f);
  attach.files = all.files;
  preview();
};

export const composing = () => {
  if (!form()) return;
  document.addEventListener("keydown", keyed);
  document.addEventListener("paste", pasted);
  document.addEventListener("submit", (e) => {
    if (!e.target.matches("[data-compose]")) return;
    e.preventDefault();
    send(e.target);
  });
  document.addEventListener("input", (e) => {
    if (e.target !== field()) return;
    tell("");
    writing(Boolean(field().value));
  });
  document.addEventListener("change", (e) => e.target.matches("[data-attach]") && preview());
  document.addEventListener("click", (e) => {
    const cancel = e.target.closest("[data-cancel]");
    if (!cancel) return;
    e.preventDefault();
    swap(cancel.href, !form().querySelector("[name=edit]"));
  });
};
