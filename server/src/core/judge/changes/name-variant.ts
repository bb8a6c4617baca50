import { LOCKFILE_NAMES } from '../../read/lockfile/detect.ts';

/** The names by which package managers, and checks, find files. */
const READ_NAMES: readonly string[] = [
  ...LOCKFILE_NAMES,
  ...['package.json', 'package.json5', 'package.yaml', '.npmrc', 'pnpm-workspace.yaml', '.yarnrc.yml'],
  ...['.yarnrc', 'bunfig.toml', '.pnpmfile.cjs', '.pnpmfile.mjs', 'yarn.config.cjs', 'binding.gyp'],
  ...['.env.yarn', 'dependency-hygiene.json', '.gitignore'],
];

const BY_FOLDED: ReadonlyMap<string, string> = new Map(READ_NAMES.map((name) => [folded(name), name]));

/**
 * Returns the name that macOS or Windows reads a file for though it has another one: they ignore case, HFS+ some characters
 * without a width, and Windows dots and blanks at the end. Undefined for the names themselves, and for others.
 */
export function nameVariant(fileName: string): string | undefined {
  const name = BY_FOLDED.get(folded(fileName));
  return name === fileName ? undefined : name;
}

/** To upper case first: two letters, such as the long s, are another one's upper case alone. */
function folded(name: string): string {
  return name
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[. ]+$/, '')
    .toUpperCase()
    .toLowerCase();
}
