/** Files that Node.js reads as data or libraries when they are loaded, and types. */
const NEVER_CODE = /\.(?:json|node|wasm|gypi?|map|d\.[cm]?ts)$/i;
/** Files of other languages and data, which a bundler may load. */
const OTHER =
  /\.(?:sh|bash|zsh|bat|cmd|ps1|py|rb|pl|vbs|coffee|css|s[ac]ss|less|styl|html?|svg|png|xml|mdx?|txt|ya?ml|toml|json5|jsonc|vue|svelte|graphql|gql|hbs|ejs|pug|glsl|wgsl|exe|dll|so|dylib|bin)$/i;
const RUNTIME = /^#!.*\b(?:node|bun|deno|tsx|ts-node|zx)\b/;

/** Checks whether a file may be JavaScript if something loads or starts it: Node.js runs unknown extensions as CommonJS. */
export function mayBeCode(path: string): boolean {
  return !NEVER_CODE.test(path);
}

/** Checks whether a file names a runtime of JavaScript in its first line. */
export function hasRuntimeLine(text: string): boolean {
  return RUNTIME.test(text);
}

/** Checks whether a file whose text is no JavaScript may be something else by its name or first line. */
export function isOtherLanguage(path: string, text: string): boolean {
  return text.startsWith('#!') ? !hasRuntimeLine(text) : OTHER.test(path);
}

/** Checks whether a program that people start is a script of a shell. */
export function isShellProgram(path: string, text: string): boolean {
  return text.startsWith('#!') ? /^#!.*\b(?:ba|da|z|k)?sh\b/.test(text) : /\.(?:ba|z)?sh$/i.test(path);
}
