// The loader that partners put into their pages, as a module:
// <script type="module" src="https://HOST/embed.js"></script>
import { define } from "./element.js";

define(import.meta.url);
