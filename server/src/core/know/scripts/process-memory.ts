/** The memory of a process other than the reader itself, by its path or by what dumps it. */
const PATH =
  /\/proc\/(?!self\b|thread-self\b|\$\$)[^\n]{1,60}?\/mem\b(?!\w|info)|["']\/proc["'][^\n]{1,60}["']mem["']/;
const DUMPS =
  /(?:^|[\s;&|(/"'`])gcore\s+\S|\bprocdump(?:64)?(?:\.exe)?\s[^\n]{0,200}-m[apt]?\b|\bcomsvcs(?:\.dll)?\b[^\n]{0,80}\bMiniDump\b|\bMiniDumpWriteDump\b|\bgdb\b[^\n]{0,200}\b(?:dump\s+(?:binary\s+)?memory|generate-core-file|gcore)\b|\bmimi(?:katz|penguin)\b/i;
/** Programs that hold the secrets of others. */
const HOLDERS =
  /\bRunner\.(?:Worker|Listener)\b|\blsass(?:\.exe)?\b|\b(?:ssh|gpg)-agent\b|\bgnome-keyring-daemon\b|\bkeepassxc\b/i;
/** How a runner of workflows keeps secrets in its memory. */
const FORM = /isSecret[\\"']{0,6}:(?:\\s[*+]?|\s)?true\b/;

/** Checks for what reads the memory of another process. */
export function readsMemory(text: string): boolean {
  return hasMemoryPath(text) || DUMPS.test(text);
}

/** Checks for the path of the memory of another process: texts name programs that dump it for other reasons. */
export function hasMemoryPath(text: string): boolean {
  return PATH.test(text);
}

/** Checks for the names of programs with secrets, or the form in which one keeps them: those mean little by themselves. */
export function namesSecretHolder(text: string): boolean {
  return HOLDERS.test(text) || FORM.test(text);
}

/** Checks for a pattern that takes the secrets of a workflow out of the memory of its runner. */
export function isSecretPattern(text: string): boolean {
  return FORM.test(text) && /\[\^|\.[*+]/.test(text);
}
