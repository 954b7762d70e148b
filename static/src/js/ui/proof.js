// The page on which draws of the wheel are checked: each is computed anew.
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");

// number is evenly spread below n: see "How a draw is made" in the documents.
const number = async (key, client, nonce, n) => {
  const top = 2n ** 64n - (2n ** 64n % n);
  for (let round = 0; ; round++) {
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${client}:${nonce}:${round}`));
    const value = new DataView(mac).getBigUint64(0);
    if (value < top) return value % n;
  }
};

// drawn is the id of the segment that the seeds decide.
export const drawn = async ({ seed, client, nonce, odds }) => {
  const key = await crypto.subtle.importKey("raw", bytes(seed), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const table = JSON.parse(odds);
  let at = await number(key, client, nonce, table.reduce((sum, o) => sum + BigInt(o.weight), 0n));
  for (const o of table) {
    if (at < BigInt(o.weight)) return o.segmentId;
    at -= BigInt(o.weight);
  }
};

const verdict = async (data) => {
  if (hex(await crypto.subtle.digest("SHA-256", bytes(data.seed))) !== data.hash) return ["The seed is not the one of the fingerprint", false];
  if (!data.odds) return ["Seed matches its fingerprint", true];
  return (await drawn(data)) === data.segment ? ["Checked: as drawn", true] : ["Another segment was due", false];
};

export const proofs = () => {
  for (const row of document.querySelectorAll("[data-proof]")) {
    if (!row.dataset.seed) continue;
    verdict(row.dataset).then(([text, good]) => {
      const shown = document.createElement("span");
      shown.className = good ? "badge is-good" : "badge is-bad";
      shown.textContent = text;
      row.querySelector("[data-verdict]").replaceChildren(shown);
    });
  }
};
