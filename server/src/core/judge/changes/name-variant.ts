import { LOCKFILE_NAMES } from '../../read/lockfile/detect.ts';

/** The names under which package managers and checks look for files. */
const READ_NAMES: readonly string[] = [
  ...LOCKFILE_NAMES,
  ...['package.json', 'package.json5', 'package.yaml', '.npmrc', 'pnpm-workspace.yaml', '.yarnrc.yml'],
  ...['.yarnrc', 'bunfig.toml', '.pnpmfile.cjs', '.pnpmfile.mjs', 'yarn.config.cjs', 'binding.gyp'],
  ...['.env.yarn', 'dependency-hygiene.json', '.gitignore'],
];

const BY_FOLDED: ReadonlyMap<string, string> = new Map(READ_NAMES.map((name) => [folded(name), name]));

/**
 * Returns the known name under which macOS or Windows opens a file with a different name: they ignore case, HFS+ some
 * zero-width characters, and Windows trailing dots and spaces. Undefined for the known names themselves and for
 * unrelated ones.
 */
export function nameVariant(fileName: string): string | undefined {
  const name = BY_FOLDED.get(folded(fileName));
  return name === fileName ? undefined : name;
}

/** Upper-cases first, as a few letters such as the long s map to another letter only in upper case. */
function folded(name: string): string {
  return name
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[. ]+$/, '')
    .toUpperCase()
    .toLowerCase();
}
