// Markup from our own server, made into a document in pages that demand trusted
// types too. Scripts in it never run.
const policy = window.trustedTypes?.createPolicy("laurel", { createHTML: (html) => html });

export const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
