import { createHash } from 'node:crypto';

const START = Date.parse('2016-01-01T00:00:00Z');
const HOUR = 60 * 60 * 1000;

export interface LargeOptions {
  readonly name?: string;
  readonly versions?: number;
  /** Added to each version's document, in a member that is not kept. */
  readonly ballast?: string;
}

/**
 * Returns a full document in the registry's own format, of a large package: releases and nightly builds with a commit
 * in their number, siblings of the same version among the dependencies, hashes, signatures and attestations. Everything
 * is derived from the index of the version, nothing is random.
 */
export function largePackument({
  name = '@acme/large',
  versions: count = 3_000,
  ballast,
}: LargeOptions = {}) {
  const versions: Record<string, object> = {};
  const time: Record<string, string> = { created: new Date(START).toISOString() };
  let at = START;
  let size = 100_000;
  let latest = '';
  for (let index = 0; index < count; index++) {
    const hash = digest(`${name} ${index}`);
    at += (hash.readUInt16LE(0) / 65_536) * 60 * HOUR;
    size += (hash.readUInt16LE(2) % 4_000) - 1_500;
    const version =
      index % 3 === 0
        ? `${1 + Math.floor(index / 500)}.${Math.floor(index / 20) % 25}.${index % 20}`
        : `${1 + Math.floor(index / 500)}.0.0-nightly-${hash.toString('hex', 4, 8)}-${20_160_000 + index}`;
    if (index % 3 === 0) latest = version;
    versions[version] = versionDocument(name, version, index, size, ballast);
    time[version] = new Date(Math.round(at)).toISOString();
  }
  time.modified = new Date(Math.round(at)).toISOString();
  return {
    _id: name,
    name,
    description: 'A large package',
    'dist-tags': { latest },
    versions,
    time,
    maintainers: [{ name: 'anna', email: 'anna@example.test' }],
    license: 'MIT',
    readme: ballast ?? '',
  };
}

function versionDocument(name: string, version: string, index: number, size: number, ballast?: string) {
  const hash = (what: string) => digest(`${name} ${version} ${what}`);
  const own = Array.from({ length: 10 }, (_, at) => [`${name}-sibling-${at}`, version]);
  const other = Array.from({ length: 10 }, (_, at) => [
    `other-${at}`,
    `^1.${Math.floor(index / (30 + at * 7))}.0`,
  ]);
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
  return {
    name,
    version,
    license: 'MIT',
    ...(ballast === undefined ? {} : { readme: ballast }),
    bin: { large: 'bin/large.js' },
    engines: { node: `>=${14 + Math.floor(index / 700)}` },
    dependencies: Object.fromEntries([...own, ...other]),
    peerDependencies: { react: '>=18' },
    scripts: { test: 'node test', ...(index % 7 === 0 ? { postinstall: 'node install.js' } : {}) },
    repository: {
      type: 'git',
      url: 'git+https://git.example.test/acme/large.git',
      directory: 'packages/large',
    },
    gitHead: hash('commit').toString('hex', 0, 20),
    maintainers: [{ name: 'anna', email: 'anna@example.test' }],
    _npmUser: {
      name: index < 2_000 ? 'anna' : 'GitHub Actions',
      email: 'anna@example.test',
      ...(index < 2_000 ? {} : { trustedPublisher: { id: 'github', oidcConfigId: 'oidc:1234' } }),
    },
    dist: {
      tarball: `https://registry.public.example.test/${name}/-/${file}`,
      shasum: hash('sha1').toString('hex', 0, 20),
      integrity: `sha512-${hash('file').toString('base64')}`,
      unpackedSize: size,
      fileCount: 50 + Math.floor(index / 10),
      signatures: [{ keyid: 'SHA256:key', sig: hash('signature').toString('base64') }],
      ...(index < 1_500
        ? {}
        : {
            attestations: {
              url: `https://registry.public.example.test/-/npm/v1/attestations/${name}@${version}`,
              provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
            },
          }),
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha512').update(text).digest();
}
