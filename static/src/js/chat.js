// What the page on which members talk does beyond plain links and forms. Every
// part of it works without this.
import { acting } from "./chat/act.js";
import { composing } from "./chat/compose.js";
import { history } from "./chat/history.js";
import { listening } from "./chat/live.js";
import { mentioning } from "./chat/mention.js";

for (const start of [composing, mentioning, acting, history, listening]) start();
