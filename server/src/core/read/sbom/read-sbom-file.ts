import type { JsonNode, JsonObject } from '../text/json/json-node.ts';
import { parseJsonTree } from '../text/json/json-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { SbomTools, SbomType } from './sbom.ts';
import type { ListedPackage, SbomContent, SbomFile } from './sbom-file.ts';

/** Reads a bill of materials, however incomplete. Never throws. */
export function readSbomFile(uri: Uri, text: string, tools: SbomTools): SbomFile {
  let content: SbomContent | undefined;
  let isRead = false;
  return {
    ...{ kind: 'sbom', uri, text, problems: [], tools },
    get content() {
      if (!isRead) content = contentOf(text);
      isRead = true;
      return content;
    },
  };
}

function contentOf(text: string): SbomContent | undefined {
  const { root, problems } = parseJsonTree(text);
  if (root?.type !== 'object' || problems.length > 0) return undefined;
  if (stringOf(root, 'bomFormat') === 'CycloneDX') return cyclonedxContent(root);
  return stringOf(root, 'spdxVersion')?.startsWith('SPDX-2.') === true ? spdxContent(root) : undefined;
}

/** Members of a document of ours. Others, such as notes of people, would be lost. */
const OWN_CYCLONEDX: ReadonlySet<string> = new Set([
  ...['$schema', 'bomFormat', 'specVersion', 'version', 'serialNumber', 'metadata', 'components'],
  ...['dependencies'],
]);
const OWN_SPDX: ReadonlySet<string> = new Set([
  ...['spdxVersion', 'dataLicense', 'SPDXID', 'name', 'documentNamespace', 'creationInfo'],
  ...['documentDescribes', 'packages', 'relationships'],
]);

function cyclonedxContent(root: JsonObject): SbomContent {
  const metadata = objectOf(root, 'metadata');
  const subject = metadata === undefined ? undefined : objectOf(metadata, 'component');
  const tools = metadata === undefined ? undefined : objectOf(metadata, 'tools');
  const isOwnTool = (tools === undefined ? [] : objectsOf(tools, 'components')).some(
    (tool) => stringOf(tool, 'name') === 'dephygiene',
  );
  const components = cyclonedxComponents(root);
  const revision = numberOf(root, 'version');
  return {
    format: 'cyclonedx',
    subject: subject === undefined ? undefined : fullName(subject),
    type: typeOf(subject === undefined ? undefined : stringOf(subject, 'type')),
    isOwn: isOwnTool && root.members.every(({ key }) => OWN_CYCLONEDX.has(key)),
    packages: components.flatMap((component) => cyclonedxPackage(component) ?? []),
    hasDev: components.some((component) => stringOf(component, 'scope') === 'excluded'),
    hasTime: metadata !== undefined && stringOf(metadata, 'timestamp') !== undefined,
    serialNumber: stringOf(root, 'serialNumber')?.replace(/^urn:uuid:/, ''),
    revision: typeof revision === 'number' && Number.isSafeInteger(revision) && revision > 0 ? revision : 1,
  };
}

/** Returns all components: some tools nest them as they are installed. */
function cyclonedxComponents(root: JsonObject): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const inside = objectsOf(next, 'components');
    found.push(...inside);
    waiting.push(...inside);
  }
  return found;
}

function cyclonedxPackage(component: JsonObject): ListedPackage | undefined {
  const named = readPurl(stringOf(component, 'purl'));
  if (named === undefined) return undefined;
  const hash = objectsOf(component, 'hashes').find((one) => stringOf(one, 'alg') === 'SHA-512');
  const license = objectsOf(component, 'licenses')[0];
  const inner = license === undefined ? undefined : objectOf(license, 'license');
  return {
    ...named,
    span: spanOf(component, 'version'),
    sha512: hash === undefined ? undefined : stringOf(hash, 'content')?.toLowerCase(),
    license:
      (license === undefined ? undefined : stringOf(license, 'expression')) ??
      (inner === undefined ? undefined : (stringOf(inner, 'id') ?? stringOf(inner, 'name'))),
  };
}

function spdxContent(root: JsonObject): SbomContent {
  const info = objectOf(root, 'creationInfo');
  const creators = info === undefined ? [] : stringsOf(info, 'creators');
  const packages = objectsOf(root, 'packages');
  const described = stringsOf(root, 'documentDescribes')[0];
  const subject = packages.find((each) => stringOf(each, 'SPDXID') === described);
  return {
    format: 'spdx',
    subject: subject === undefined ? undefined : stringOf(subject, 'name'),
    type: typeOf(
      subject === undefined ? undefined : stringOf(subject, 'primaryPackagePurpose')?.toLowerCase(),
    ),
    isOwn:
      creators.length === 1 &&
      creators[0]!.startsWith('Tool: dephygiene-') &&
      root.members.every(({ key }) => OWN_SPDX.has(key)) &&
      !packages.some((each) =>
        objectsOf(each, 'externalRefs').some((one) => stringOf(one, 'referenceType') !== 'purl'),
      ),
    packages: packages.flatMap((each) => (each === subject ? [] : (spdxPackage(each) ?? []))),
    hasDev: objectsOf(root, 'relationships').some(
      (each) => stringOf(each, 'relationshipType') === 'DEV_DEPENDENCY_OF',
    ),
    hasTime: info !== undefined && !(stringOf(info, 'created') ?? '1970').startsWith('1970'),
    serialNumber: undefined,
    revision: 1,
  };
}

function spdxPackage(each: JsonObject): ListedPackage | undefined {
  const purl = objectsOf(each, 'externalRefs').find((one) => stringOf(one, 'referenceType') === 'purl');
  const named = readPurl(purl === undefined ? undefined : stringOf(purl, 'referenceLocator'));
  if (named === undefined) return undefined;
  const hash = objectsOf(each, 'checksums').find((one) => stringOf(one, 'algorithm') === 'SHA512');
  const declared = stringOf(each, 'licenseDeclared');
  const comment = /^The package declares: (.+)$/.exec(stringOf(each, 'licenseComments') ?? '')?.[1];
  return {
    ...named,
    span: spanOf(each, 'versionInfo'),
    sha512: hash === undefined ? undefined : stringOf(hash, 'checksumValue')?.toLowerCase(),
    license: declared === undefined || declared === 'NOASSERTION' ? comment : declared,
  };
}

/** Reads the package URL of a registry's package; undefined for any other, and for one with qualifiers. */
function readPurl(purl: string | undefined): { readonly name: string; readonly version: string } | undefined {
  const match = /^pkg:npm\/((?:[^/@?#]+\/)?[^/@?#]+)@([^@?#]+)$/.exec(purl ?? '');
  if (match === null) return undefined;
  try {
    return { name: decodeURIComponent(match[1]!), version: decodeURIComponent(match[2]!) };
  } catch {
    return undefined;
  }
}

function typeOf(text: string | undefined): SbomType {
  return text === 'library' ? 'library' : 'application';
}

/** Some tools write the scope of a name as its group. */
function fullName(component: JsonObject): string | undefined {
  const name = stringOf(component, 'name');
  const group = stringOf(component, 'group');
  return name === undefined || group === undefined || group === '' ? name : `${group}/${name}`;
}

function nodeOf({ members }: JsonObject, key: string): JsonNode | undefined {
  return members.find((member) => member.key === key)?.value;
}

function numberOf(object: JsonObject, key: string) {
  const node = nodeOf(object, key);
  return node?.type === 'number' ? node.value : undefined;
}

function stringOf(object: JsonObject, key: string): string | undefined {
  const node = nodeOf(object, key);
  return node?.type === 'string' ? node.value : undefined;
}

function objectOf(object: JsonObject, key: string): JsonObject | undefined {
  const node = nodeOf(object, key);
  return node?.type === 'object' ? node : undefined;
}

function objectsOf(object: JsonObject, key: string): readonly JsonObject[] {
  const node = nodeOf(object, key);
  return node?.type === 'array'
    ? node.members.flatMap(({ value }) => (value.type === 'object' ? [value] : []))
    : [];
}

function stringsOf(object: JsonObject, key: string): readonly string[] {
  const node = nodeOf(object, key);
  return node?.type === 'array'
    ? node.members.flatMap(({ value }) => (value.type === 'string' ? [value.value] : []))
    : [];
}

/** Returns the token of a member's value, or else the beginning of the object. */
function spanOf(object: JsonObject, key: string): Span {
  return nodeOf(object, key)?.span ?? { start: object.span.start, end: object.span.start + 1 };
}
