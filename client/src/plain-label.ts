/**
 * Returns a text that VS Code shows as it is: in quick picks `$(name)` is an icon, so that a command in `$(…)` of a script
 * would not be seen.
 */
export function plainLabel(text: string): string {
  return text.replace(/\$\((?=[a-z0-9~-]+\))/gi, '\\$(');
}

/** Wraps a text at its spaces into lines that a quick pick shows whole: it cuts longer ones. A longer word is broken. */
export function wrappedLabels(text: string): readonly string[] {
  return (text.match(LINES) ?? ['']).map((line) => plainLabel(line.trimEnd()));
}

/** Of 72 columns, which fit beside an icon: VS Code makes its quick pick no wider. */
const LINES = /(?=\S).{1,72}(?!\S)|\S{72}/gu;
