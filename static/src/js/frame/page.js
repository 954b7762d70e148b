// What the server wrote into the page; see ../frame.js.
export const main = document.getElementById("laurel");
const data = main.dataset;

export const query = new URLSearchParams(location.search);
query.delete("ticket");

export const page = {
  member: data.mode !== "public" ? 1 : 0,
  body: data.body || location.pathname + "/body",
  words: data.text ? JSON.parse(data.text) : {},
};
