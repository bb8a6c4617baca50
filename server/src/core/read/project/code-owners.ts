import { type GitIgnorePatterns, readGitIgnore } from '../text/paths/git-ignore-patterns.ts';

/** Who owns which files, by a CODEOWNERS file. */
export interface CodeOwners {
  /** Returns the owners of a file, by its path from the root of the repository; empty if nobody owns it. */
  ownersOf(path: string): readonly string[];
}

/** Where the file may be, the place that takes precedence first. */
export const CODE_OWNERS_PATHS: readonly string[] = [
  '.github/CODEOWNERS',
  '.gitlab/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

interface Line {
  readonly pattern: string;
  readonly patterns: GitIgnorePatterns;
  readonly owners: readonly string[];
}

/** Longer files are not read to their end: GitHub ignores those of over 3 MB. */
const MOST_LINES = 20_000;
/** `[Name]`, `^[Name][2] @owner`: a section of GitLab, with the owners of lines that name none. */
const SECTION = /^\^?\[[^\]]+\](?:\[\d+\])?(?<owners>(?:\s+\S+)*)$/;

/**
 * Reads a CODEOWNERS file: the last line that matches decides, in GitLab that of each section. Never throws; lines that
 * GitHub and GitLab do not read are skipped.
 */
export function readCodeOwners(text: string): CodeOwners {
  let lines: Line[] = [];
  let usual: readonly string[] = [];
  const sections = [lines];
  for (const raw of text.split('\n', MOST_LINES)) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const section = SECTION.exec(line);
    if (section !== null) {
      usual = wordsOf(section.groups!.owners!);
      lines = [];
      sections.push(lines);
      continue;
    }
    const [pattern, ...owners] = wordsOf(line);
    if (pattern === undefined || /^!|\[/.test(pattern)) continue;
    const patterns = readGitIgnore(pattern, false);
    lines.push({ pattern, patterns, owners: owners.length === 0 ? usual : owners });
  }
  const known = new Map<string, readonly string[]>();
  return {
    ownersOf(path) {
      let owners = known.get(path);
      if (owners === undefined) {
        const found = sections.flatMap((each) => each.findLast((line) => matches(line, path))?.owners ?? []);
        owners = [...new Set(found)];
        known.set(path, owners);
      }
      return owners;
    },
  };
}

/** Splits at spaces that are not escaped. */
function wordsOf(line: string): readonly string[] {
  return line.match(/(?:\\.|\S)+/g) ?? [];
}

/** Checks the file, and the folders above it, whose files belong to who owns them. */
function matches({ pattern, patterns }: Line, path: string): boolean {
  if (patterns.judge(path, false) === 'out') return true;
  // Unlike in a .gitignore, it owns the files of the folder and nothing below.
  if (pattern.endsWith('/*')) return false;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    if (patterns.judge(path.slice(0, end), true) === 'out') return true;
  return false;
}
