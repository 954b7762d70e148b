// What the admin's pages do beyond plain links and forms. Every page works
// without it.
import { builders } from "./ui/builder.js";
import { checks } from "./ui/check.js";
import { copying } from "./ui/copy.js";
import { dialogs } from "./ui/dialog.js";
import { following } from "./ui/follow.js";
import { keys } from "./ui/keys.js";
import { palette } from "./ui/palette.js";
import { pictures } from "./ui/picture.js";
import { autosize, previews } from "./ui/preview.js";
import { theme } from "./ui/theme.js";
import { toasts } from "./ui/toast.js";
import { unsaved } from "./ui/unsaved.js";

for (const start of [autosize, dialogs, theme, copying, toasts, unsaved, previews, palette, keys, following, builders, checks, pictures]) start();
