import { type ScriptFile, strictScriptFiles } from '../script-files.ts';

/**
 * Returns the paths that a script for a shell runs: programs with a folder, what interpreters, `source` and options such as
 * `--require` are given. They are relative to the folder that it runs in or to its own, as a variable in front of a path may
 * stand for either.
 */
export function shellLoads(text: string): readonly ScriptFile[] {
  const found = new Map<string, ScriptFile>();
  for (const part of partsOf(text))
    for (const file of strictScriptFiles(part)) found.set(`${file.kind} ${file.path}`, file);
  return [...found.values()];
}

/** Tells whether a file without a known ending is one for a shell, or one for Node.js and its likes. */
export function languageOf(path: string, text: string): 'module' | 'shell' | undefined {
  if (/\.[cm]?[jt]sx?$/i.test(path)) return 'module';
  if (/\.(?:sh|bash|zsh)$/i.test(path)) return 'shell';
  if (/(?:^|\/)[^/]*\.[^/]+$/.test(path) && !text.startsWith('#!')) return undefined;
  const first = text.startsWith('#!') ? text.split('\n', 1)[0]! : '';
  if (/\b(?:node|bun|deno|tsx|ts-node|zx)\b/.test(first)) return 'module';
  return first === '' || /sh\b/.test(first) ? 'shell' : undefined;
}

/** As much as a command line is read of. */
const LONGEST = 19_000;
const MOST_PARTS = 50;

/** The script without comments and variables in front of paths, in parts of whole lines. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const line of text.replaceAll('\\\r\n', ' ').replaceAll('\\\n', ' ').split(/\r?\n/)) {
    if (/^\s*(?:#|$)/.test(line) || line.length > LONGEST) continue;
    const plain = withoutVariables(line);
    if (part.length + plain.length > LONGEST) {
      parts.push(part);
      part = '';
      if (parts.length >= MOST_PARTS) return parts;
    }
    part += `${plain}\n`;
  }
  return [...parts, part];
}

/** With `.` for `$(dirname "$0")`, `$(cd … && pwd)` and variables before a slash. */
function withoutVariables(line: string): string {
  if (!line.includes('$')) return line;
  return line
    .replace(/\$\(\s*dirname\b[^()\n]{0,200}\)/g, '.')
    .replace(/\$\(\s*cd\b[^()\n]{0,200}\)/g, '.')
    .replace(/\$(?!HOME\b|\{HOME\})(?:\{\w+[^}\n]{0,40}\}|\w+)(?=["']?\/)/g, '.');
}
