// What one does with a message: react, answer, change, pin, delete.
import { toast } from "../ui/toast.js";
import { ask } from "./ask.js";
import { swap } from "./compose.js";
import { take } from "./list.js";

const picker = () => document.getElementById("talk-picker");

const post = async (action, data) => {
  try {
    const answer = await ask(action, data);
    if (answer.ok) take(answer.body);
    else toast(answer.text, "bad");
    return answer.ok;
  } catch {
    toast("No connection: nothing was changed.", "bad");
  }
};

// pick shows the emoji beside a message, or hides them.
const pick = (row, link) => {
  const box = picker();
  const isOpen = !box.hidden && row.contains(box);
  box.hidden = isOpen;
  if (isOpen) return link.focus();
  row.append(box);
  box.querySelector("button").focus();
};

const shut = () => {
  const box = picker();
  if (!box || box.hidden) return;
  const row = box.closest(".msg");
  box.hidden = true;
  document.querySelector(".talk-main").append(box);
  row?.querySelector("[data-act=react]")?.focus();
};

const remove = (row) => {
  const dialog = document.getElementById("talk-delete");
  const form = dialog.querySelector("form");
  form.elements.message.value = row.dataset.key;
  form.elements.reason.value = "";
  dialog.querySelector(".dialog-text")?.remove();
  const words = document.createElement("p");
  words.className = "dialog-text";
  words.textContent = row.querySelector(".msg-body")?.textContent.slice(0, 140) || "";
  form.before(words);
  dialog.showModal();
};

const clicked = (e) => {
  const link = e.target.closest("[data-act]");
  const row = e.target.closest(".msg");
  const emoji = e.target.closest("#talk-picker button");
  if (emoji) {
    e.preventDefault();
    const data = new FormData();
    data.set("message", row.dataset.key);
    data.set("react", emoji.value);
    const action = row.closest(".talk-main").querySelector("#talk-delete form").action;
    shut();
    return post(action, data);
  }
  if (!link) {
    if (row && !e.target.closest("a,button,input,summary") && matchMedia("(hover: none)").matches) row.classList.toggle("is-touched");
    if (!picker()?.contains(e.target)) shut();
    return undefined;
  }
  const name = link.dataset.act;
  if (name === "member" || e.ctrlKey || e.metaKey || (/reply|edit/.test(name) && !document.querySelector("[data-compose]"))) return undefined;
  e.preventDefault();
  if (name === "react") return pick(row, link);
  if (name === "delete") return remove(row);
  return swap(link.href, name === "reply");
};

const submitted = async (e) => {
  const isDelete = e.target.closest("#talk-delete");
  if (!isDelete && !e.target.matches("[data-react-form]")) return;
  e.preventDefault();
  const data = new FormData(e.target, e.submitter);
  isDelete?.close();
  const done = await post(e.target.action, data);
  if (isDelete && done) document.getElementById("m-" + data.get("message"))?.remove();
};

export const acting = () => {
  if (!picker()) return;
  document.addEventListener("click", clicked);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", (e) => e.key === "Escape" && shut());
};
