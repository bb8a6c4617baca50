import { isBuiltInModule } from '../../../know/identity/built-in-modules.ts';
import { itemsOf, propertiesOf } from '../../../read/manifest/json-values.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import { lockedEntry } from '../../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../../read/project/project.ts';
import type { JsonNode } from '../../../read/text/json/json-node.ts';
import { parseJsonTree, propertyOf, stringOf } from '../../../read/text/json/json-tree.ts';
import { type Span, touches } from '../../../read/text/span.ts';
import { isOfWorkspace, OF_WORKSPACE } from './elsewhere.ts';
import type { HoverTarget } from './hover-target.ts';
import { dependencyTarget } from './manifest-target.ts';

/** The maximum nesting of conditions; nobody writes deeper ones. */
const MAX_DEPTH = 20;

/** Returns the package that a manifest's `imports` lead to: the card is that of the dependency with this name. */
export function importTarget(project: Project, manifest: Manifest, offset: number): HoverTarget | undefined {
  if (!manifest.text.includes('"imports"')) return undefined;
  const imports = propertyOf(parseJsonTree(manifest.text).root, 'imports')?.value;
  const found = stringAt(imports, offset, 0);
  const name = found === undefined ? undefined : packageOf(found.value);
  if (found === undefined || name === undefined || name === manifest.name?.value) return undefined;
  const { span } = found;
  const dependency = manifest.dependencies.findLast((each) => each.name === name);
  if (dependency !== undefined) {
    return { ...dependencyTarget(project, manifest, dependency, offset), span, range: span };
  }
  const entry = lockedEntry(project, manifest.uri, { name });
  // A name unknown to the rest of the project may be a runtime module, and is never sent.
  if (entry === undefined) return undefined;
  return {
    ...{ span, range: span, name, target: entry.name, declared: undefined, entry },
    kinds: ['not declared in this package.json'],
    elsewhere: isOfWorkspace(entry) ? OF_WORKSPACE : undefined,
  };
}

function stringAt(
  node: JsonNode | undefined,
  offset: number,
  depth: number,
): { readonly value: string; readonly span: Span } | undefined {
  if (node === undefined || depth > MAX_DEPTH || !touches(node.span, offset)) return undefined;
  const value = stringOf(node);
  if (value !== undefined) return { value, span: node.span };
  const inside = [...propertiesOf(node).map((property) => property.value), ...itemsOf(node)];
  for (const each of inside) {
    const found = stringAt(each, offset, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns `lodash` for `lodash/fp`; undefined for paths, other imports and Node.js modules. */
function packageOf(specifier: string): string | undefined {
  const name = /^(?:@[^/\s:]+\/)?[^./#@\s:][^/\s:]*(?=\/|$)/.exec(specifier)?.[0];
  return name === undefined || isBuiltInModule(name) ? undefined : name;
}
