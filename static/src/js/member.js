// What the member's pages do beyond plain links and forms. Every page works
// without it.
import { copying } from "./ui/copy.js";
import { dialogs } from "./ui/dialog.js";
import { following } from "./ui/follow.js";
import { autosize } from "./ui/preview.js";
import { proofs } from "./ui/proof.js";
import { theme } from "./ui/theme.js";
import { token } from "./ui/token.js";
import { toasts } from "./ui/toast.js";
import { unsaved } from "./ui/unsaved.js";
import { wheel } from "./ui/wheel.js";

for (const start of [autosize, dialogs, theme, copying, toasts, unsaved, following, token, wheel, proofs]) start();
