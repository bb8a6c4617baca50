import { packageOf } from '../../read/imports/package-of.ts';
import type { MisplacedDependency } from '../../read/project/usage.ts';
import type { JsonNode } from '../../read/text/json/json-node.ts';
import { parseJsonTree, propertyOf } from '../../read/text/json/json-tree.ts';
import { joinUri, type Uri } from '../../read/text/paths/uri.ts';
import type { ManifestNode } from './manifest-tree.ts';
import { lineOf } from './missing-imports.ts';
import type { UsageFile } from './usage-file.ts';

/** The fields of a manifest that name the files that its users load. */
const ENTRY_FIELDS: readonly string[] = ['main', 'module', 'exports', 'bin', 'browser'];
const ENDINGS: readonly string[] = ['', '.js', '.cjs', '.mjs', '/index.js', '/index.cjs', '/index.mjs'];
/** Plain scripts, which are published as they are. */
const SCRIPT = /\.[cm]?js$/;

/**
 * Returns the development dependencies that published files import: those reached from the entry points of a library
 * that are in the repository as they are published. Built files are not, so bundled dependencies are never reported.
 */
export function publishedImports(
  node: ManifestNode,
  files: ReadonlyMap<string, UsageFile>,
  root: Uri,
): readonly MisplacedDependency[] {
  const { manifest, declared, folder } = node;
  if (!manifest.isLibrary || manifest.private) return [];
  const found = new Map<string, MisplacedDependency>();
  const queue = entryPaths(node).flatMap((path) => resolved(`${folder}${path}`, files) ?? []);
  const seen = new Set(queue);
  for (const file of queue) {
    for (const { specifier, kind, isOptional, offset } of file.scanned.imports) {
      if (kind !== 'value') continue;
      if (/^\.{1,2}\//.test(specifier)) {
        const next = resolved(joined(file.path, specifier), files);
        if (next === undefined || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
        continue;
      }
      const name = packageOf(specifier);
      const dependency = name === undefined || isOptional ? undefined : declared.get(name);
      if (dependency?.section !== 'devDependencies' || found.has(name!) || name === manifest.name?.value)
        continue;
      // Its users choose one of several, and install that.
      if (manifest.optionalPeers.has(name!)) continue;
      if (manifest.dependencies.some((each) => each.name === name && each !== dependency)) continue;
      const uri = joinUri(root, file.path);
      found.set(name!, { name: name!, section: 'devDependencies', uri, line: lineOf(file, offset) });
    }
  }
  return [...found.values()];
}

function entryPaths({ manifest }: ManifestNode): readonly string[] {
  const { root } = parseJsonTree(manifest.text, { trailingCommas: true });
  const paths: string[] = [];
  const visit = (node: JsonNode | undefined): void => {
    if (node?.type === 'string' && !node.value.includes('*')) paths.push(node.value.replace(/^\.\//, ''));
    if (node?.type === 'object') for (const { key, value } of node.members) if (key !== 'types') visit(value);
    if (node?.type === 'array') for (const { value } of node.members) visit(value);
  };
  for (const field of ENTRY_FIELDS) visit(propertyOf(root, field)?.value);
  return paths.length === 0 ? ['index.js'] : paths;
}

function resolved(path: string, files: ReadonlyMap<string, UsageFile>): UsageFile | undefined {
  for (const ending of ENDINGS) {
    const file = files.get(path + ending);
    if (file !== undefined && (SCRIPT.test(file.path) || file.path === path)) return file;
  }
  return undefined;
}

function joined(from: string, specifier: string): string {
  const segments = from.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
