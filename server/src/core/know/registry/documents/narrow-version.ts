import { asCount, asObject, asText, type JsonObject, member } from './json-value.ts';
import { MAX_LONG, MAX_SHORT, readLicense, readPeople, readPerson } from './narrow-parts.ts';
import type {
  DependencyMap,
  PackumentVersion,
  Publisher,
  RegistrySignature,
  SourceRepository,
  VersionAttestations,
  VersionProof,
} from './packument.ts';

const MAX_DEPENDENCIES = 2_000;
const MAX_ENGINES = 20;
const MAX_BINS = 200;
const MAX_SIGNATURES = 8;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/** Reduces one version's document, from a packument or a URL of its own. Ignores its `version`. */
export function narrowVersion(name: string, version: string, object: JsonObject): PackumentVersion {
  const dist = asObject(member(object, 'dist'));
  const publisher = asObject(member(object, '_npmUser'));
  const trusted = asObject(member(publisher, 'trustedPublisher'));
  const installScripts = readInstallScripts(member(object, 'scripts'));
  const signatures = readSignatures(member(dist, 'signatures'));
  const optionalDependencies = readMap(member(object, 'optionalDependencies'), MAX_DEPENDENCIES);
  return {
    version,
    dependencies: without(readMap(member(object, 'dependencies'), MAX_DEPENDENCIES), optionalDependencies),
    optionalDependencies,
    peerDependencies: readMap(member(object, 'peerDependencies'), MAX_DEPENDENCIES),
    bins: readBins(name, member(object, 'bin')),
    engines: readMap(member(object, 'engines'), MAX_ENGINES),
    license: readLicense(member(object, 'license')) ?? readLicense(member(object, 'licenses')),
    deprecated: readDeprecated(member(object, 'deprecated')),
    repository: readRepository(member(object, 'repository')),
    publishedBy: readPublisher(publisher),
    trustedPublisher: asText(member(trusted, 'id'), MAX_SHORT),
    trustedPublisherConfig: asText(member(trusted, 'oidcConfigId'), MAX_SHORT),
    approvedBy: readPerson(asObject(member(publisher, 'approver'))),
    maintainers: readPeople(member(object, 'maintainers')),
    installScripts,
    hasInstallScript: readHasInstallScript(object, installScripts),
    unpackedSize: asCount(member(dist, 'unpackedSize')),
    fileCount: asCount(member(dist, 'fileCount')),
    tarball: asText(member(dist, 'tarball'), MAX_LONG),
    isSigned: dist === undefined ? undefined : (signatures?.length ?? 0) > 0,
    attestations: readAttestations(member(dist, 'attestations')),
    proof: readProof(object, dist, signatures),
  };
}

const NOTHING: DependencyMap = new Map();

function readMap(value: unknown, max: number): DependencyMap {
  const object = asObject(value);
  if (object === undefined) return NOTHING;
  const map = new Map<string, string>();
  for (const key of Object.keys(object).slice(0, max)) {
    const text = object[key];
    if (key.length > MAX_SHORT || typeof text !== 'string') continue;
    map.set(key, asText(text, MAX_LONG, true) ?? '');
  }
  return map.size === 0 ? NOTHING : map;
}

function without(map: DependencyMap, left: DependencyMap): DependencyMap {
  if (left.size === 0 || map.size === 0) return map;
  const kept = [...map].filter(([name]) => !left.has(name));
  return kept.length === 0 ? NOTHING : new Map(kept);
}

/** A single command may be given by its file alone, and then has the name of the package. */
function readBins(name: string, value: unknown): readonly string[] {
  if (typeof value === 'string') return [name.slice(name.indexOf('/') + 1)];
  const commands = Object.keys(asObject(value) ?? {}).slice(0, MAX_BINS);
  return commands.filter((command) => command.length <= MAX_SHORT);
}

function readInstallScripts(value: unknown): ReadonlyMap<string, string> {
  const scripts = asObject(value);
  let found: Map<string, string> | undefined;
  for (const script of INSTALL_SCRIPTS) {
    const command = asText(member(scripts, script), MAX_LONG, true);
    if (command === undefined) continue;
    found ??= new Map();
    found.set(script, command);
  }
  return found ?? NOTHING;
}

/** Abbreviated documents state it outright, full ones by their scripts; without either it is unknown. */
function readHasInstallScript(
  object: JsonObject,
  installScripts: ReadonlyMap<string, string>,
): boolean | undefined {
  const said = member(object, 'hasInstallScript');
  if (typeof said === 'boolean') return said;
  if (installScripts.size > 0 || member(object, 'gypfile') === true) return true;
  return asObject(member(object, 'scripts')) === undefined ? undefined : false;
}

/** `false` and "" mean that a version is no longer deprecated. */
function readDeprecated(value: unknown): string | undefined {
  return value === true ? 'no reason given' : asText(value, MAX_LONG, true);
}

function readRepository(value: unknown): SourceRepository | undefined {
  const object = asObject(value);
  const url = asText(value, MAX_SHORT) ?? asText(member(object, 'url'), MAX_SHORT);
  return url === undefined ? undefined : { url, directory: asText(member(object, 'directory'), MAX_SHORT) };
}

function readPublisher(object: JsonObject | undefined): Publisher | undefined {
  const person = readPerson(object);
  if (person === undefined) return undefined;
  const email = asText(member(object, 'email'), MAX_SHORT) ?? '';
  const at = email.lastIndexOf('@');
  const domain = at === -1 ? '' : email.slice(at + 1).toLowerCase();
  return { name: person.name, emailDomain: domain === '' ? undefined : domain };
}

function readAttestations(value: unknown): VersionAttestations | undefined {
  const object = asObject(value);
  if (object === undefined) return undefined;
  const predicateType = member(asObject(member(object, 'provenance')), 'predicateType');
  return {
    url: asText(member(object, 'url'), MAX_LONG),
    predicateType: asText(predicateType, MAX_SHORT),
  };
}

function readSignatures(value: unknown): readonly RegistrySignature[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found: RegistrySignature[] = [];
  for (const item of (value as readonly unknown[]).slice(0, MAX_SIGNATURES)) {
    const keyid = asText(member(asObject(item), 'keyid'), MAX_SHORT);
    const sig = asText(member(asObject(item), 'sig'), MAX_LONG);
    if (keyid !== undefined && sig !== undefined) found.push({ keyid, sig });
  }
  return found;
}

function readProof(
  object: JsonObject,
  dist: JsonObject | undefined,
  signatures: readonly RegistrySignature[] | undefined,
): VersionProof {
  return {
    integrity: asText(member(dist, 'integrity'), MAX_LONG),
    shasum: asText(member(dist, 'shasum'), MAX_SHORT),
    signatures,
    gitHead: asText(member(object, 'gitHead'), MAX_SHORT),
  };
}
