import {
  ComponentScope,
  ComponentType,
  ExternalReferenceType,
  HashAlgorithm,
  LicenseAcknowledgement,
  LifecyclePhase,
} from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  ExternalReference,
  type License,
  LicenseExpression,
  Metadata,
  NamedLicense,
  Property,
  SpdxLicense,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as CycloneJson } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { Sbom, SbomComponent, SbomHash, SbomScope, WriteOptions } from '../../read/sbom/sbom.ts';
import { printableJson } from '../../read/text/words/visible-text.ts';
import { cyclonedxVulnerability } from './cyclonedx-vulnerability.ts';
import { declaredLicense } from './declared-license.ts';
import { TOOL_VERSION } from './written-sbom.ts';

/**
 * Returns a bill of materials as CycloneDX 1.6, with a trailing newline. The library's own sorting depends on the
 * locale, so all lists are in the order of the model.
 */
export function cyclonedxText(sbom: Sbom, { type, time, serialNumber, revision = 1 }: WriteOptions): string {
  const root = componentOf(
    sbom.root,
    type === 'application' ? ComponentType.Application : ComponentType.Library,
  );
  const components = new Map(
    sbom.components.map((each) => [each.ref, componentOf(each, ComponentType.Library)]),
  );
  for (const { ref, dependencies } of sbom.components)
    addDependencies(components.get(ref)!, dependencies, components);
  addDependencies(root, sbom.root.dependencies, components);
  const metadata = new Metadata({
    component: root,
    timestamp: time === undefined ? undefined : new Date(time),
  });
  metadata.lifecycles.add(LifecyclePhase.PreBuild);
  metadata.tools.components.add(
    new Component(ComponentType.Application, 'dephygiene', { version: TOOL_VERSION }),
  );
  const bom = new Bom({ metadata, version: revision });
  if (serialNumber !== undefined) bom.serialNumber = `urn:uuid:${serialNumber}`;
  for (const component of components.values()) bom.components.add(component);
  for (const vulnerability of sbom.vulnerabilities ?? [])
    bom.vulnerabilities.add(cyclonedxVulnerability(vulnerability, components));
  const normalized = new CycloneJson.Normalize.Factory(Spec1dot6).makeForBom().normalize(bom, {});
  const compositions = compositionsOf(sbom);
  const document = compositions.length === 0 ? normalized : { ...normalized, compositions };
  return printableJson(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** The library has no model of compositions. */
function compositionsOf({ root, missingComponents, missingDependencies }: Sbom): readonly object[] {
  return [
    ...(missingComponents.length > 0 ? [{ aggregate: 'incomplete', assemblies: [root.ref] }] : []),
    ...(missingComponents.length > 0 || missingDependencies.length > 0
      ? [{ aggregate: 'incomplete', dependencies: [root.ref] }]
      : []),
  ];
}

function addDependencies(
  component: Component,
  dependencies: SbomComponent['dependencies'],
  all: ReadonlyMap<string, Component>,
): void {
  for (const { ref } of dependencies) {
    const target = all.get(ref);
    if (target !== undefined) component.dependencies.add(target.bomRef);
  }
}

const SCOPES: Readonly<Record<SbomScope, ComponentScope>> = {
  required: ComponentScope.Required,
  optional: ComponentScope.Optional,
  excluded: ComponentScope.Excluded,
};

const ALGORITHMS: Readonly<Record<SbomHash['algorithm'], HashAlgorithm>> = {
  sha512: HashAlgorithm['SHA-512'],
  sha384: HashAlgorithm['SHA-384'],
  sha256: HashAlgorithm['SHA-256'],
  sha1: HashAlgorithm['SHA-1'],
  md5: HashAlgorithm.MD5,
};

function componentOf(each: SbomComponent, type: ComponentType): Component {
  const { ref, kind, name, version, purl, scope } = each;
  const component = new Component(type, name, {
    bomRef: ref,
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    ...(kind === 'package' ? { scope: SCOPES[scope] } : {}),
  });
  for (const { algorithm, digest } of each.hashes) component.hashes.set(ALGORITHMS[algorithm], digest);
  const license = licenseOf(each.license);
  if (license !== undefined) component.licenses.add(license);
  if (each.distribution !== undefined) {
    component.externalReferences.add(
      new ExternalReference(each.distribution, ExternalReferenceType.Distribution),
    );
  }
  if (each.repository !== undefined)
    component.externalReferences.add(new ExternalReference(each.repository, ExternalReferenceType.VCS));
  for (const [property, value] of propertiesOf(each)) component.properties.add(new Property(property, value));
  return component;
}

/** Returns properties by the names that CycloneDX registered for npm. */
function propertiesOf({ scope, isBundled, path }: SbomComponent): readonly (readonly [string, string])[] {
  const properties: (readonly [string, string])[] = [];
  if (isBundled) properties.push(['cdx:npm:package:bundled', 'true']);
  if (scope === 'excluded') properties.push(['cdx:npm:package:development', 'true']);
  if (path !== undefined) properties.push(['cdx:npm:package:path', path]);
  return properties;
}

function licenseOf(text: string | undefined): License | undefined {
  const declared = declaredLicense(text);
  if (declared === undefined) return undefined;
  const made =
    declared.kind === 'id'
      ? new SpdxLicense(declared.text)
      : declared.kind === 'expression'
        ? new LicenseExpression(declared.text)
        : new NamedLicense(declared.text);
  made.acknowledgement = LicenseAcknowledgement.Declared;
  return made;
}
