import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import { readCatalogs } from '../read-catalogs.ts';
import {
  type ConfigMap,
  type ConfigMember,
  entriesIn,
  memberOf,
  membersOf,
  textsIn,
} from '../tree/config-tree.ts';
import { parseYamlTree } from '../tree/parse-yaml-tree.ts';
import type { PnpmWorkspace } from './pnpm-workspace.ts';

/** Reads a pnpm-workspace.yaml, however incomplete: values of a wrong type are skipped. Never throws. */
export function readPnpmWorkspace(uri: Uri, text: string): PnpmWorkspace {
  const { root, problems } = parseYamlTree(text);
  const valueAt = (key: string) => memberOf(root, key)?.value;
  const packages = valueAt('packages');
  return {
    kind: 'pnpmWorkspace',
    uri,
    text,
    problems: [...problems, ...twiceIn(root)],
    packages: packages?.type === 'list' ? textsIn(packages) : undefined,
    catalogs: readCatalogs(root),
    overrides: entriesIn(valueAt('overrides')),
    allowBuilds: entriesIn(valueAt('allowBuilds')),
    onlyBuiltDependencies: textsIn(valueAt('onlyBuiltDependencies')),
    ignoredBuiltDependencies: textsIn(valueAt('ignoredBuiltDependencies')),
    neverBuiltDependencies: textsIn(valueAt('neverBuiltDependencies')),
    packageExtensions: keysOf(membersOf(valueAt('packageExtensions'))),
    patchedDependencies: entriesIn(valueAt('patchedDependencies')),
    registries: entriesIn(valueAt('registries')),
    settings: root?.members ?? [],
    setting: (key) => memberOf(root, key),
  };
}

function keysOf(members: readonly ConfigMember[]): readonly Located<string>[] {
  return members.map(({ key, keySpan }) => ({ value: key, span: keySpan }));
}

/** Reports duplicate keys, because pnpm rejects a file with one. */
function twiceIn(root: ConfigMap | undefined): readonly ParseProblem[] {
  const seen = new Set<string>();
  const problems: ParseProblem[] = [];
  for (const { key, keySpan } of root?.members ?? []) {
    if (seen.has(key)) problems.push({ message: `'${key}' appears twice here.`, span: keySpan });
    seen.add(key);
  }
  return problems;
}
