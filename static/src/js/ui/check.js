// Lists whose rows can be chosen: one box for all of them, and how many are.
const boxes = (name) => [...document.querySelectorAll(`input[type=checkbox][name="${name}"]`)];

const count = (name) => {
  const all = boxes(name);
  const n = all.filter((b) => b.checked).length;
  for (const box of document.querySelectorAll(`[data-check-all="${name}"]`)) {
    box.checked = n > 0 && n === all.length;
    box.indeterminate = n > 0 && n < all.length;
  }
  for (const text of document.querySelectorAll(`[data-check-count="${name}"]`)) text.textContent = `${n} chosen`;
};

export const checks = () => {
  document.addEventListener("change", (e) => {
    const all = e.target.dataset?.checkAll;
    if (all) for (const box of boxes(all)) box.checked = e.target.checked;
    if (all || e.target.type === "checkbox") count(all || e.target.name);
  });
  for (const box of document.querySelectorAll("[data-check-all]")) count(box.dataset.checkAll); // what the browser kept
};
