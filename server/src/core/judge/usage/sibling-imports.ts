import { linksAllMembers } from '../../read/lockfile/model/linked-members.ts';
import type { UndeclaredImport } from './import-uses.ts';
import type { ManifestNode, ManifestTree } from './manifest-tree.ts';
import type { UsageFile } from './usage-file.ts';

/** Settings of bundlers and test runners that give packages other paths, also by code that is not understood here. */
const ALIASES = /\balias(?:es)?\b|moduleNameMapper|tsconfig-?paths|\bconditions\b/i;
const CONFIGURES =
  /\.(?:config|conf|base|workspace)[\w.-]*\.[cm]?[jt]s$|(?:webpack|rollup|vite|jest|babel|esbuild)[^/]*\.(?:[cm]?[jt]s|json)$|rc(?:\.\w+)?$/i;
const COMPILER = /(?:^|\/)[^/]*(?:tsconfig|jsconfig)[^/]*\.json$/;

/**
 * Returns a check for imports of members of the workspace that the importing one does not declare: they are found only
 * as the package manager links all members into one folder. Where a path alias may lead to a member, nothing is missing.
 */
export function siblingImports(
  files: readonly UsageFile[],
  tree: ManifestTree,
): (imported: UndeclaredImport, node: ManifestNode) => boolean {
  const byName = new Map(tree.nodes.map((each) => [each.manifest.name?.value, each]));
  const mapped = files.filter(({ path, text }) =>
    COMPILER.test(path)
      ? /"(?:paths|customConditions)"/.test(text)
      : CONFIGURES.test(path) && ALIASES.test(text),
  );
  const fields = tree.nodes.flatMap(({ manifest: { text } }) => (ALIASES.test(text) ? text : []));
  const texts = [...mapped.map(({ text }) => text), ...fields];
  const isComputed = texts.some((text) => ALIASES.test(text.replace(LITERAL, '')));
  return ({ name, file }, node) => {
    const member = byName.get(name);
    if (member === undefined || !isMember(member) || !node.isLoaded || node.importer === undefined)
      return false;
    if (member === node || file.path.startsWith(member.folder) || isComputed) return false;
    // Without such links, something that is not understood here finds it.
    if (node.lockfile !== undefined && !linksAllMembers(node.lockfile)) return false;
    const start = name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) : name;
    return !texts.some((text) => NAMES.test(text) && (mentions(text, start) || text.includes('"*"')));
  };
}

/** Aliases whose names can be read. */
const LITERAL = /\b(?:alias|moduleNameMapper)["']?\s*:\s*\{(?:(?!\.\.\.|\[\w)[^{}]){0,5000}\}/g;
const NAMES = /paths|alias|moduleNameMapper|conditions/i;

function mentions(text: string, start: string): boolean {
  return text.includes(`"${start}`) || text.includes(`'${start}`) || text.includes(`^${start}`);
}

/** The root is in no folder of packages. */
function isMember({ importer, isLoaded, isFixture }: ManifestNode): boolean {
  return isLoaded && !isFixture && importer !== undefined && importer !== '';
}
