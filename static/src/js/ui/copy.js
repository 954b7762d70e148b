// Copy buttons: data-copy names the element whose text is copied.
import { toast } from "./toast.js";

const copy = async (e) => {
  const button = e.target.closest?.("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    toast("Copied", "good");
  } catch {
    getSelection().selectAllChildren(source);
    toast("Press Ctrl or ⌘ and C to copy");
  }
};

export const copying = () => document.addEventListener("click", copy);
