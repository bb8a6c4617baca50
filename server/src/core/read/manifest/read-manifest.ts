import type { JsonNode } from '../text/json/json-node.ts';
import { parseJsonTree, propertyOf } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Located } from '../text/span.ts';
import { dependenciesOf } from './dependencies-of.ts';
import { itemsOf, locatedString, propertiesOf, stringsIn } from './json-values.ts';
import {
  DEPENDENCY_SECTIONS,
  type DevEngine,
  type Manifest,
  type ManifestSection,
  type PublishConfig,
  type ScriptDecision,
} from './manifest.ts';
import { readDependencies } from './read-dependency.ts';
import { readManagerFields } from './read-manager-fields.ts';
import { readOverrides } from './read-overrides.ts';

/**
 * Reads a package.json, however incomplete: missing values and those of a wrong type are skipped, duplicates are kept
 * where rules need them. Comments are skipped but reported as a problem, because npm rejects them.
 */
export function readManifest(uri: Uri, text: string): Manifest {
  const tree = parseJsonTree(text);
  const root = tree.root;
  const problems = [...tree.problems];
  const comment = tree.comments[0];
  if (comment !== undefined)
    problems.push({ message: 'npm does not support comments in package.json.', span: comment });
  if (root !== undefined && root.type !== 'object') {
    problems.push({ message: 'A package.json must be an object.', span: root.span });
  }
  const valueAt = (key: string) => propertyOf(root, key)?.value;
  const isPrivate = isTruthy(valueAt('private'));
  const sections = readSections(root);
  return {
    kind: 'manifest',
    uri,
    text,
    problems,
    rootSpan: root?.type === 'object' ? root.span : undefined,
    name: locatedString(valueAt('name')),
    version: locatedString(valueAt('version')),
    private: isPrivate,
    repository: readRepository(valueAt('repository')),
    isLibrary: !isPrivate && ['files', 'exports', 'publishConfig'].some((key) => isTruthy(valueAt(key))),
    sections,
    dependencies: dependenciesOf(sections),
    workspaces: readWorkspaces(valueAt('workspaces')),
    packageManager: locatedString(valueAt('packageManager')),
    devEnginesPackageManager: readDevEngines(propertyOf(valueAt('devEngines'), 'packageManager')?.value),
    volta: readStrings(valueAt('volta')),
    engines: readStrings(valueAt('engines')),
    allowScripts: readAllowScripts(valueAt('allowScripts')),
    publishConfig: readPublishConfig(valueAt('publishConfig')),
    scripts: readStrings(valueAt('scripts')),
    overrides: readOverrides(valueAt('overrides')),
    ...readManagerFields(root),
    bundled: readBundled(valueAt('bundleDependencies') ?? valueAt('bundledDependencies')),
  };
}

function readRepository(node: JsonNode | undefined): string | undefined {
  return locatedString(node?.type === 'object' ? propertyOf(node, 'url')?.value : node)?.value;
}

/** npm checks only whether `private` is truthy in JavaScript. */
function isTruthy(node: JsonNode | undefined): boolean {
  if (node === undefined) return false;
  return node.type === 'object' || node.type === 'array' || Boolean(node.value);
}

function readStrings(node: JsonNode | undefined): ReadonlyMap<string, Located<string>> {
  const strings = new Map<string, Located<string>>();
  for (const { key, value } of propertiesOf(node)) {
    const located = locatedString(value);
    if (located !== undefined) strings.set(key, located);
  }
  return strings;
}

function readSections(root: JsonNode | undefined): readonly ManifestSection[] {
  const sections: ManifestSection[] = [];
  for (const property of propertiesOf(root)) {
    const section = DEPENDENCY_SECTIONS.find((name) => name === property.key);
    if (section === undefined) continue;
    sections.push({
      section,
      keySpan: property.keySpan,
      span: property.span,
      dependencies: readDependencies(section, propertiesOf(property.value)),
    });
  }
  return sections;
}

function readWorkspaces(node: JsonNode | undefined): Manifest['workspaces'] {
  if (node?.type === 'array') return { patterns: stringsIn(node), span: node.span };
  if (node?.type !== 'object') return undefined;
  return { patterns: stringsIn(propertyOf(node, 'packages')?.value), span: node.span };
}

/** Reads one engine, or an array of alternatives. */
function readDevEngines(node: JsonNode | undefined): readonly DevEngine[] {
  const engines = node?.type === 'array' ? itemsOf(node) : node === undefined ? [] : [node];
  return engines.flatMap((engine) => {
    const name = locatedString(propertyOf(engine, 'name')?.value);
    const version = locatedString(propertyOf(engine, 'version')?.value);
    return name === undefined ? [] : [{ name, version, span: engine.span }];
  });
}

function readAllowScripts(node: JsonNode | undefined): Manifest['allowScripts'] {
  if (node?.type !== 'object') return undefined;
  const decisions = node.members.map(
    ({ key, keySpan, value }): ScriptDecision => ({
      key,
      keySpan,
      valueSpan: value?.span ?? keySpan,
      allowed: value?.type === 'boolean' ? value.value === true : undefined,
    }),
  );
  return { span: node.span, decisions };
}

function readPublishConfig(node: JsonNode | undefined): PublishConfig | undefined {
  if (node?.type !== 'object') return undefined;
  const suffix = ':registry';
  const scopes = new Map<string, Located<string>>();
  for (const [key, value] of readStrings(node)) {
    if (key.startsWith('@') && key.endsWith(suffix)) scopes.set(key.slice(0, -suffix.length), value);
  }
  const at = (key: string) => locatedString(propertyOf(node, key)?.value);
  return { span: node.span, registry: at('registry'), access: at('access'), scopes };
}

function readBundled(node: JsonNode | undefined): Manifest['bundled'] {
  if (node?.type === 'boolean') return node.value === true ? 'all' : new Set();
  return new Set(stringsIn(node).map((name) => name.value));
}
