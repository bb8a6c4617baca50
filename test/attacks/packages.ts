import { integrityOf, MARKER, markerTarball, shasumOf } from './marker-tarball.ts';

/** One published version with its archive. */
export interface Published {
  readonly name: string;
  readonly version: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** Past every cooldown. */
const PUBLISHED_AT = '2025-03-01T12:00:00.000Z';

/** The packages of the honest registry, on which all projects of the table depend. The first version is `latest`. */
export const HONEST: readonly Published[] = [
  publish('alpha', '1.0.0'),
  publish('alpha', '2.0.0'),
  publish('beta', '1.0.0', { dependencies: { once: '^1.4.0' } }),
  publish('once', '1.4.0'),
  publish('epsilon', '1.0.0'),
  publish('zeta', '1.0.0'),
  publish('ms', '2.1.3'),
];

/** A planted package has the name and version of the one it replaces: pnpm compares them, the others do not. */
const PLANTED_FILES = { 'index.js': '', [MARKER]: 'planted\n' };

/** The archive that replaces `alpha`, under each name that does so. */
export const PLANTED_ALPHA = markerTarball({ name: 'alpha', version: '1.0.0' }, PLANTED_FILES);

/** Packages by others in the same registry, and a hijacked version of `alpha`. */
export const PLANTED: readonly Published[] = [
  planted('@evil/alpha', '1.0.0'),
  planted('evil-once', '1.4.0'),
  planted('evil-ms', '2.1.3'),
  planted('evil', '1.0.0'),
  planted('alpha', '6.6.6'),
  planted('alpha', '1.0.0-0'),
  planted('Alpha', '1.0.0'),
  planted('alpha-evil', '1.0.0'),
];

function publish(name: string, version: string, rest: object = {}): Published {
  const manifest = { name, version, ...rest };
  return { name, version, manifest, bytes: markerTarball(manifest, { 'index.js': '' }) };
}

function planted(name: string, version: string): Published {
  const bytes = !name.startsWith('evil-') ? PLANTED_ALPHA : markerTarball({ name, version }, PLANTED_FILES);
  return { name, version, manifest: { name, version }, bytes };
}

/** Returns a package's archive and hashes by name and version. */
export function published(name: string, version = '1.0.0'): Published {
  const found = [...HONEST, ...PLANTED].find((one) => one.name === name && one.version === version);
  if (found === undefined) throw new Error(`${name}@${version} is not published`);
  return found;
}

/** Returns the registry's document of a package; `base` is the registry's URL and ends in a slash. */
export function packumentOf(versions: readonly Published[], base: string): object {
  const name = versions[0]!.name;
  const latest = versions[0]!.version;
  const time = { created: PUBLISHED_AT, modified: PUBLISHED_AT };
  return {
    _id: name,
    name,
    'dist-tags': { latest },
    modified: PUBLISHED_AT,
    time: { ...time, ...Object.fromEntries(versions.map(({ version }) => [version, PUBLISHED_AT])) },
    versions: Object.fromEntries(
      versions.map(({ version, manifest, bytes }) => [
        version,
        {
          ...manifest,
          _id: `${name}@${version}`,
          dist: {
            integrity: integrityOf(bytes),
            shasum: shasumOf(bytes),
            tarball: `${base}${name}/-/${name.split('/').at(-1)}-${version}.tgz`,
          },
        },
      ]),
    ),
  };
}
