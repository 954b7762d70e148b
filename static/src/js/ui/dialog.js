// Dialogs: what browsers without invoker commands and closedby lack, dialogs that
// the server sends open (a refused form), and the one that the address names.
const run = (e) => {
  const button = e.target.closest?.("button[commandfor]");
  if (!button) return;
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  const command = button.getAttribute("command");
  if (command === "show-modal") dialog?.showModal();
  if (command === "close") dialog?.close();
};

const outside = (e) => e.target.matches?.("dialog[closedby=any]") && e.target.close();

export const dialogs = () => {
  if (!("commandForElement" in HTMLButtonElement.prototype)) document.addEventListener("click", run);
  if (!("closedBy" in HTMLDialogElement.prototype)) document.addEventListener("click", outside);
  for (const dialog of document.querySelectorAll("dialog[open]")) {
    dialog.close();
    dialog.showModal();
  }
  const named = document.getElementById(location.hash.slice(1));
  if (named?.matches("dialog:not([open])")) named.showModal();
};
