import { encoded } from '../../judge/sbom/purl.ts';
import type { EdgeKind } from '../../read/graph/edge-table.ts';
import type { Sbom, SbomComponent, SbomVulnerability, WriteOptions } from '../../read/sbom/sbom.ts';
import { printableJson } from '../../read/text/words/visible-text.ts';
import { advisoryUrl } from '../features/advisory-url.ts';
import { declaredLicense } from './declared-license.ts';
import { incompleteBecause, TOOL_VERSION } from './written-sbom.ts';

const DOCUMENT = 'SPDXRef-DOCUMENT';
const UNKNOWN = 'NOASSERTION';

/** Relationships from the dependency to its dependent, as npm writes them. */
const RELATIONSHIPS: Readonly<Record<EdgeKind, string>> = {
  prod: 'DEPENDENCY_OF',
  dev: 'DEV_DEPENDENCY_OF',
  optional: 'OPTIONAL_DEPENDENCY_OF',
  peer: 'PREREQUISITE_FOR',
};

/** Returns a bill of materials as SPDX 2.3 in JSON, with a trailing newline. */
export function spdxText(sbom: Sbom, options: WriteOptions): string {
  const { root } = sbom;
  const components = [root, ...sbom.components];
  const ids = idsOf(components);
  const reasons = incompleteBecause(sbom);
  const advisories = advisoriesByRef(sbom.vulnerabilities ?? []);
  const name = root.version === undefined ? root.name : `${root.name}@${root.version}`;
  const rootId = ids.get(root.ref)!;
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    name,
    documentNamespace: '',
    ...(reasons.length > 0 ? { comment: `This document is incomplete. ${reasons.join(' ')}` } : {}),
    creationInfo: {
      // The format requires a time.
      created: new Date(options.time ?? 0).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      creators: [`Tool: dephygiene-${TOOL_VERSION}`],
    },
    documentDescribes: [rootId],
    packages: components.map((each) =>
      packageOf(each, ids.get(each.ref)!, advisories.get(each.ref) ?? [], options),
    ),
    relationships: [
      { spdxElementId: DOCUMENT, relatedSpdxElement: rootId, relationshipType: 'DESCRIBES' },
      ...components.flatMap(({ ref, dependencies }) =>
        dependencies.map((dependency) => ({
          spdxElementId: ids.get(dependency.ref)!,
          relatedSpdxElement: ids.get(ref)!,
          relationshipType: RELATIONSHIPS[dependency.kind],
        })),
      ),
      // The standard's own way to say that there may be more.
      ...(reasons.length > 0
        ? [{ spdxElementId: rootId, relatedSpdxElement: UNKNOWN, relationshipType: 'DEPENDS_ON' }]
        : []),
    ],
  };
  const id = options.serialNumber ?? contentId(JSON.stringify(document));
  const documentNamespace = `https://spdx.org/spdxdocs/${encoded(name)}-${id}`;
  return printableJson(`${JSON.stringify({ ...document, documentNamespace }, undefined, 2)}\n`);
}

/** Returns ids of letters, digits, dots and dashes, unique even where names differ only in other characters. */
function idsOf(components: readonly SbomComponent[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  /** The last copy of each, as thousands of hostile names may differ only in such characters. */
  const copies = new Map<string, number>();
  for (const { ref, name, version } of components) {
    const words = [name.replace(/^@/, ''), ...(version === undefined ? [] : [version])];
    const base = `SPDXRef-Package-${words.join('-').replace(/[^\dA-Za-z.-]+/g, '.')}`;
    let id = base;
    let copy = copies.get(base) ?? 1;
    while (taken.has(id)) id = `${base}-${++copy}`;
    copies.set(base, copy);
    taken.add(id);
    ids.set(ref, id);
  }
  return ids;
}

function packageOf(
  each: SbomComponent,
  id: string,
  vulnerabilities: readonly SbomVulnerability[],
  { type }: WriteOptions,
): object {
  const { kind, name, version, purl, hashes, distribution, repository, path } = each;
  const references = [
    ...(purl === undefined ? [] : [reference('PACKAGE-MANAGER', 'purl', purl)]),
    ...vulnerabilities.map(advisoryReference),
  ];
  return {
    SPDXID: id,
    name,
    ...(version === undefined ? {} : { versionInfo: version }),
    ...(path === undefined ? {} : { packageFileName: path }),
    primaryPackagePurpose: kind === 'root' ? type.toUpperCase() : 'LIBRARY',
    downloadLocation: repository ?? distribution ?? UNKNOWN,
    filesAnalyzed: false,
    ...(hashes.length === 0
      ? {}
      : {
          checksums: hashes.map(({ algorithm, digest }) => ({
            ...{ algorithm: algorithm.toUpperCase(), checksumValue: digest },
          })),
        }),
    ...licenseOf(each.license),
    copyrightText: UNKNOWN,
    ...(references.length === 0 ? {} : { externalRefs: references }),
  };
}

/** A source's own id has no page that is known to exist. */
function advisoryReference({ id, aliases, accepted }: SbomVulnerability): object {
  const url = [id, ...aliases].map(advisoryUrl).find((each) => each !== undefined);
  const found =
    url === undefined
      ? reference('OTHER', 'vulnerability', encoded(id))
      : reference('SECURITY', 'advisory', url);
  return { ...found, ...(accepted === undefined ? {} : { comment: `Accepted: ${accepted}` }) };
}

function reference(category: string, type: string, locator: string): object {
  return { referenceCategory: category, referenceType: type, referenceLocator: locator };
}

/** A text that is no SPDX expression may not be declared as one. */
function licenseOf(text: string | undefined): object {
  const declared = declaredLicense(text);
  if (declared === undefined) return { licenseDeclared: UNKNOWN };
  return declared.kind === 'text'
    ? { licenseDeclared: UNKNOWN, licenseComments: `The package declares: ${declared.text}` }
    : { licenseDeclared: declared.text };
}

function advisoriesByRef(
  vulnerabilities: readonly SbomVulnerability[],
): ReadonlyMap<string, readonly SbomVulnerability[]> {
  const byRef = new Map<string, SbomVulnerability[]>();
  for (const vulnerability of vulnerabilities) {
    for (const ref of vulnerability.affects) {
      const known = byRef.get(ref);
      if (known === undefined) byRef.set(ref, [vulnerability]);
      else known.push(vulnerability);
    }
  }
  return byRef;
}

/**
 * Returns 32 hexadecimal digits that differ between contents: four hashes (FNV-1a) with different starts. It is only a
 * name, which nobody has to be unable to forge.
 */
function contentId(text: string): string {
  let id = '';
  for (let lane = 0; lane < 4; lane++) {
    let hash = 0x811c9dc5 ^ (lane * 0x9e3779b1);
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    id += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return id;
}
