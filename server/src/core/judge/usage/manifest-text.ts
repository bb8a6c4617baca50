import type { Manifest } from '../../read/manifest/manifest.ts';
import { parseJsonTree, propertyOf } from '../../read/text/json/json-tree.ts';

/** Fields that name packages without using them. */
const DECLARING: readonly string[] = [
  ...['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'],
  ...['peerDependenciesMeta', 'dependenciesMeta', 'overrides', 'resolutions', 'pnpm', 'trustedDependencies'],
  ...['allowScripts', 'catalog', 'catalogs', 'keywords', 'description', 'workspaces', 'volta', 'name'],
  ...['engines', 'packageManager', 'repository', 'author', 'contributors', 'bugs', 'homepage', 'version'],
];

/** Returns the text of a manifest without the fields that only declare: scripts and configuration of tools are left. */
export function configurationIn({ text }: Manifest): string {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  let rest = text;
  for (const field of DECLARING) {
    const property = propertyOf(root, field);
    const span = property?.value?.span;
    if (span === undefined) continue;
    rest = rest.slice(0, span.start) + ' '.repeat(span.end - span.start) + rest.slice(span.end);
    const key = property!.keySpan;
    rest = rest.slice(0, key.start) + ' '.repeat(key.end - key.start) + rest.slice(key.end);
  }
  return rest;
}

/** One field of a manifest that configures a tool, or its scripts. */
export interface ConfiguredField {
  readonly key: string;
  readonly text: string;
  /** Where the text starts in the manifest. */
  readonly start: number;
}

/** Returns the fields that do not only declare. */
export function configuredFields({ text }: Manifest): readonly ConfiguredField[] {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  if (root?.type !== 'object') return [];
  return root.members.flatMap(({ key, value }) =>
    value === undefined || DECLARING.includes(key)
      ? []
      : { key, text: text.slice(value.span.start, value.span.end), start: value.span.start },
  );
}
