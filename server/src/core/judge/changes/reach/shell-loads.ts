import { type ScriptFile, strictScriptFiles } from '../script-files.ts';

/**
 * Returns the paths that a shell script runs: programs with a folder, and arguments of interpreters, `source` and
 * options such as `--require`. They are relative to its working directory or to its own folder, as a variable before a
 * path may stand for either.
 */
export function shellLoads(text: string): readonly ScriptFile[] {
  const found = new Map<string, ScriptFile>();
  for (const part of partsOf(text))
    for (const file of strictScriptFiles(part)) {
      const key = `${file.kind} ${file.path}`;
      const runners = new Set([...(found.get(key)?.runners ?? []), ...file.runners]);
      found.set(key, { ...file, runners: [...runners] });
    }
  return [...found.values()];
}

/** Detects whether a file without a known extension is a shell script or a script for Node.js and similar runtimes. */
export function languageOf(path: string, text: string): 'module' | 'shell' | undefined {
  if (/\.[cm]?[jt]sx?$/i.test(path)) return 'module';
  if (/\.(?:sh|bash|zsh)$/i.test(path)) return 'shell';
  if (/(?:^|\/)[^/]*\.[^/]+$/.test(path) && !text.startsWith('#!')) return undefined;
  const first = text.startsWith('#!') ? text.split('\n', 1)[0]! : '';
  if (/\b(?:node|bun|deno|tsx|ts-node|zx)\b/.test(first)) return 'module';
  return first === '' || /sh\b/.test(first) ? 'shell' : undefined;
}

/** The part of a command line that is read. */
const LONGEST = 19_000;
const MOST_PARTS = 50;

/** Splits the script at line ends, without comments and without variables before paths. */
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

/** Replaces `$(dirname "$0")`, `$(cd … && pwd)` and variables before a slash with `.`. */
function withoutVariables(line: string): string {
  if (!line.includes('$')) return line;
  return line
    .replace(/\$\(\s*dirname\b[^()\n]{0,200}\)/g, '.')
    .replace(/\$\(\s*cd\b[^()\n]{0,200}\)/g, '.')
    .replace(/\$(?!HOME\b|\{HOME\})(?:\{\w+[^}\n]{0,40}\}|\w+)(?=["']?\/)/g, '.');
}
