// The token of a mail's link stands behind the #, which no server sees: it goes
// into the form's field, and out of the address and the history.
export const token = () => {
  const box = document.querySelector("[data-token]");
  const value = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!box || !value) return;
  const field = box.querySelector("input");
  field.value = value;
  field.readOnly = true;
  box.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
};
