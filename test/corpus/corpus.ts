import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real projects beside the checkout, see the README.md there. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

/** The hosts that replace the public registry in it, and Yarn's name for that registry. */
export const CORPUS_REGISTRY = 'https://registry.example.test/';
export const CORPUS_MIRRORS = [CORPUS_REGISTRY, 'https://yarn-registry.example.test/'];

/** A row of the table in its README: one project with one lockfile. */
export interface CorpusRow {
  readonly folder: string;
  /** `owner/name`, and the day of the commit that it was copied from: `2021-07-16`. */
  readonly repository: string;
  readonly date: string;
  /** The project's directory in the repository. */
  readonly directory: string;
  readonly file: string;
  readonly format: string;
  readonly version: string;
  readonly packages: number;
}

/** Returns the rows of the index; none without a corpus, so that nothing is checked. */
export function readCorpus(): readonly CorpusRow[] {
  const readme = join(CORPUS, 'README.md');
  if (!existsSync(readme)) return [];
  const folders = new Set(readdirSync(CORPUS));
  return readFileSync(readme, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => folders.has(cells[1] ?? '') && (cells[6] ?? '') !== '')
    .map((cells) => ({
      folder: cells[1]!,
      repository: cells[2]!,
      date: cells[4]!,
      directory: dirname(cells[5]!),
      file: basename(cells[5]!),
      format: cells[6]!,
      version: cells[7]!,
      packages: Number(cells[8]),
    }));
}

/** Returns all files of a project by path, compressed ones decompressed. */
export function projectFiles({ folder }: Pick<CorpusRow, 'folder'>): Map<string, string> {
  const root = join(CORPUS, folder);
  const files = new Map<string, string>();
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    const name = relative(root, path).replaceAll('\\', '/');
    const isPacked = name.endsWith('.gz');
    const bytes = readFileSync(path);
    files.set(isPacked ? name.slice(0, -3) : name, (isPacked ? gunzipSync(bytes) : bytes).toString('utf8'));
  }
  return files;
}

export function lockfileText(row: CorpusRow): string {
  return projectFiles(row).get(row.file)!;
}

/** Two states of one project, the earlier one first, with changes by its maintainers in between. */
export type HonestChange = readonly [before: CorpusRow, now: CorpusRow];

/** Returns the consecutive states of each project that the corpus contains more than once. */
export function honestChanges(): readonly HonestChange[] {
  const rows = readCorpus().toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return rows.flatMap((now, at) => {
    const before = rows
      .slice(0, at)
      .findLast(({ repository, directory }) => repository === now.repository && directory === now.directory);
    return before === undefined ? [] : [[before, now] as const];
  });
}
