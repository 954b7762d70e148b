// The older loader: one classic script tag that says in data-… attributes what
// to show and where. It makes the same element as embed.js.
// <script src="https://HOST/widget-loader.js" data-widget-id="…" data-widget-type="store" data-container="box"></script>
import { define } from "./element.js";

const script = document.currentScript;
define(script.src);

const show = () => {
  const type = script.dataset.widgetType || "leaderboard";
  const box = document.getElementById(script.dataset.container || "returning-ai-widget-" + (script.dataset.widgetId || script.dataset.communityId));
  const tag = KINDS.flat().find((t) => t === "laurel-" + type.replace(/^currency-view$/, "currency").replace(/^referral-conditions$/, "referral"));
  if (!tag) return console.error("Laurel: unknown data-widget-type", type);
  const element = document.createElement(tag);
  for (const { name, value } of script.attributes) if (/^data-/.test(name)) element.setAttribute(name, value);
  for (const name of ["theme", "locale"]) if (script.dataset[name]) element.setAttribute(name, script.dataset[name]);
  box ? box.append(element) : script.after(element);
};

document.readyState === "loading" ? addEventListener("DOMContentLoaded", show, { once: true }) : show();
