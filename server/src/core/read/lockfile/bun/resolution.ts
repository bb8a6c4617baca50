import type { LockSource } from '../model/lockfile.ts';

/** The parts of the first item of a tuple: `name@resolution`. */
export interface Resolution {
  /** Offset of the `@` between the two, equal to the length of the name; 0 in the `@root:` of a root without a name. */
  readonly at: number;
  readonly source: LockSource;
}

/** Splits `name@resolution` as Bun does; undefined for text that Bun would reject. */
export function readResolution(text: string): Resolution | undefined {
  if (text.startsWith('@root:')) return { at: 0, source: 'root' };
  const at = text.indexOf('@', 1);
  if (at === -1 || at === text.length - 1) return undefined;
  const source = sourceOf(text, at + 1);
  return source === undefined ? undefined : { at, source };
}

function sourceOf(text: string, start: number): LockSource | undefined {
  if (isVersion(text, start)) return 'registry';
  const resolution = text.slice(start);
  switch (/^[a-z+]+:/.exec(resolution.slice(0, 16))?.[0]) {
    case 'root:':
      return 'root';
    case 'link:':
      return 'link';
    case 'workspace:':
      return 'workspace';
    case 'file:':
      return TARBALL.test(resolution) ? 'file' : 'directory';
    case 'https:':
    case 'http:':
      return 'tarball';
    case 'git:':
    case 'git+ssh:':
    case 'git+https:':
    case 'git+http:':
    case 'git+file:':
    case 'ssh:':
    case 'github:':
    case 'gitlab:':
    case 'bitbucket:':
      return 'git';
    default:
      if (resolution.startsWith('git+') || resolution.startsWith('git@')) return 'git';
      return TARBALL.test(resolution) ? 'file' : undefined;
  }
}

/** Checks for three numbers followed by nothing or by what semver allows: Bun writes complete versions. */
function isVersion(text: string, start: number): boolean {
  let at = start;
  for (let numbers = 1; ; numbers++) {
    const from = at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === from) return false;
    if (numbers === 3) break;
    if (text[at++] !== '.') return false;
  }
  if (at === text.length) return true;
  return (text[at] === '-' || text[at] === '+') && !/[/\\:]/.test(text.slice(at)) && !TARBALL.test(text);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i;
