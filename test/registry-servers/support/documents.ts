import { type PackageFixture, person, publishTimes, timeOf, type VersionFixture } from './package-fixture.ts';
import { type SigningKey, signVersion } from './signing-key.ts';
import { type Tarball, tarballOf } from './tarball.ts';

export interface DocumentContext {
  /** The registry's URL, with a trailing slash. */
  readonly url: string;
  readonly keys: {
    readonly current: SigningKey;
    readonly expired: SigningKey;
    readonly unlisted: SigningKey;
  };
  /** A mirror that keeps only what an install needs; `mirroredOn` is the day that it reports for every version. */
  readonly partialMirror: { readonly mirroredOn?: string } | undefined;
  /** How far the registry's clock is ahead. */
  readonly skewMs: number;
}

type Json = Readonly<Record<string, unknown>>;

export interface PackageDocuments {
  /** The response to `Accept: application/json`. */
  readonly full: Json;
  /** The document for installers. */
  readonly abbreviated: Json;
  readonly tarballs: ReadonlyMap<string, Tarball>;
}

/** Returns the documents of a package in the public registry's formats. */
export function documentsOf(fixture: PackageFixture, context: DocumentContext): PackageDocuments {
  const { name, tags, unpublished } = fixture;
  const tarballs = new Map<string, Tarball>();
  const versions: Record<string, Json> = {};
  for (const [version, own] of Object.entries(fixture.versions)) {
    const manifest = manifestOf(name, version, own);
    const tarball = tarballOf(manifest, own.files);
    tarballs.set(version, tarball);
    versions[version] = versionDocument(fixture, version, { ...manifest }, tarball, context);
  }
  const last = Object.keys(versions).at(-1);
  const distTags = { ...(last === undefined ? {} : { latest: last }), ...tags };
  const time = timesOf(fixture, context);
  const full = {
    _id: name,
    _rev: '1-0',
    name,
    ...(unpublished === undefined ? { 'dist-tags': distTags, versions } : {}),
    time,
    ...(context.partialMirror === undefined ? { maintainers: fixture.maintainers.map(person) } : {}),
    description: 'Made for tests.',
    license: 'MIT',
    readme: `# ${name}`,
    ...fixture.document,
  };
  const abbreviated = {
    name,
    modified: time.modified,
    'dist-tags': distTags,
    versions: Object.fromEntries(Object.entries(versions).map(([key, each]) => [key, abbreviate(each)])),
  };
  return { full, abbreviated, tarballs };
}

function manifestOf(name: string, version: string, own: VersionFixture): Json {
  const { scripts, dependencies, manifest } = own;
  return {
    name,
    version,
    description: 'Made for tests.',
    license: 'MIT',
    ...(scripts === undefined ? {} : { scripts }),
    ...(dependencies === undefined ? {} : { dependencies }),
    ...manifest,
  };
}

function versionDocument(
  fixture: PackageFixture,
  version: string,
  manifest: Json,
  tarball: Tarball,
  context: DocumentContext,
): Json {
  const { name, maintainers } = fixture;
  const { by = maintainers[0] ?? 'ana', deprecated, signature, provenance } = fixture.versions[version]!;
  const { integrity, shasum, unpackedSize } = tarball;
  const file = name.slice(name.indexOf('/') + 1);
  const plain = {
    tarball: `${context.url}${name}/-/${file}-${version}.tgz`,
    integrity,
    shasum,
  };
  const shared = {
    _id: `${name}@${version}`,
    ...manifest,
    ...(deprecated === undefined ? {} : { deprecated }),
    _hasShrinkwrap: false,
  };
  if (context.partialMirror !== undefined) return { ...shared, dist: plain };
  const signatures = signature === 'none' ? [] : [signatureOf(name, version, integrity, signature, context)];
  const attestations = {
    url: `${context.url}-/npm/v1/attestations/${encodeURIComponent(name).replace('%40', '@')}@${version}`,
    provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
  };
  return {
    ...shared,
    scripts: manifest.scripts ?? {},
    maintainers: maintainers.map(person),
    _npmUser: typeof by === 'string' ? person(by) : by,
    _npmVersion: '11.6.0',
    _nodeVersion: '24.11.0',
    dist: {
      ...plain,
      fileCount: 1,
      unpackedSize,
      ...(signatures.length === 0 ? {} : { signatures }),
      ...(provenance === undefined ? {} : { attestations }),
    },
  };
}

function signatureOf(
  name: string,
  version: string,
  integrity: string,
  kind: VersionFixture['signature'],
  { keys }: DocumentContext,
): object {
  switch (kind) {
    case 'wrong':
      return signVersion(keys.current, name, `${version}-other`, integrity);
    case 'expired-key':
      return signVersion(keys.expired, name, version, integrity);
    case 'unknown-key':
      return signVersion(keys.unlisted, name, version, integrity);
    default:
      return signVersion(keys.current, name, version, integrity);
  }
}

/**
 * Returns the times. The full registry keeps those of removed versions. A partial mirror lists the newest first and
 * writes the zone as a number; one with a day of its own fetched everything on it, the newest version first.
 */
function timesOf(
  fixture: PackageFixture,
  { partialMirror, skewMs }: DocumentContext,
): Readonly<Record<string, unknown>> {
  const all = new Map(publishTimes(fixture));
  for (const [version, at] of Object.entries(fixture.removed)) all.set(version, timeOf(at));
  const text = (time: number) => new Date(time + skewMs).toISOString();
  if (partialMirror === undefined) {
    const sorted = [...all].sort((a, b) => a[1] - b[1]);
    const { unpublished } = fixture;
    const gone = unpublished && { time: text(timeOf(unpublished)), versions: Object.keys(fixture.removed) };
    return {
      created: text(sorted[0]?.[1] ?? 0),
      modified: text(gone === undefined ? (sorted.at(-1)?.[1] ?? 0) : timeOf(unpublished!)),
      ...Object.fromEntries(sorted.map(([version, time]) => [version, text(time)])),
      ...(gone === undefined ? {} : { unpublished: gone }),
    };
  }
  const kept = Object.keys(fixture.versions).reverse();
  const { mirroredOn } = partialMirror;
  const times = kept.map((version, place) => {
    const time = mirroredOn === undefined ? all.get(version)! : timeOf(mirroredOn) + place * 1000;
    return [version, text(time).replace('Z', '+00:00')];
  });
  return { ...Object.fromEntries(times), modified: times[0]?.[1] };
}

const ABBREVIATED = [
  'name',
  'version',
  'deprecated',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bundleDependencies',
  'bin',
  'directories',
  'dist',
  'engines',
  'os',
  'cpu',
  'funding',
  '_hasShrinkwrap',
];
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

function abbreviate(version: Json): Json {
  const kept = Object.fromEntries(
    ABBREVIATED.filter((key) => key in version).map((key) => [key, version[key]]),
  );
  const scripts = Object.keys(version.scripts ?? {});
  const hasInstallScript = INSTALL_SCRIPTS.some((script) => scripts.includes(script));
  return { ...kept, ...(hasInstallScript ? { hasInstallScript } : {}) };
}
