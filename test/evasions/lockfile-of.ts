import { createHash } from 'node:crypto';
import type { Sample } from './samples.ts';

/** What a lockfile says of where one package comes from; each text goes into the file as it is. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  /** Undefined where the format leaves it out. */
  readonly url: string | undefined;
  readonly integrity: string | undefined;
}

export const FORMATS = [
  'npm-v1',
  'npm-v2',
  'npm-v3',
  'yarn-classic',
  'yarn-berry',
  'pnpm-6',
  'pnpm-9',
  'bun',
] as const;
export type Format = (typeof FORMATS)[number];

export const FILE_OF: Readonly<Record<Format, string>> = {
  'npm-v1': 'package-lock.json',
  'npm-v2': 'package-lock.json',
  'npm-v3': 'package-lock.json',
  'yarn-classic': 'yarn.lock',
  'yarn-berry': 'yarn.lock',
  'pnpm-6': 'pnpm-lock.yaml',
  'pnpm-9': 'pnpm-lock.yaml',
  bun: 'bun.lock',
};

/** Returns the manifest of a project that depends on both packages. */
export function manifestOf(format: Format, packages: readonly [Sample, Sample]): string {
  const manager = { 'yarn-berry': 'yarn@4.18.1', 'yarn-classic': 'yarn@1.22.22' }[format as string];
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  return JSON.stringify({ name: 'shop', private: true, packageManager: manager, dependencies });
}

/** Returns a lockfile in which the first package is locked as `locked` says, and the second as it should be. */
export function lockfileOf(format: Format, packages: readonly [Sample, Sample], locked: Locked): string {
  const [first, second] = packages;
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  const honest: Locked = second;
  const both = [
    { key: first.name, range: first.version, said: locked },
    { key: second.name, range: second.version, said: honest },
  ];
  const json = (text: string | undefined) => JSON.stringify(text ?? '');
  switch (format) {
    case 'npm-v1':
    case 'npm-v2':
    case 'npm-v3': {
      const version = Number(format.slice(-1));
      const tree = Object.fromEntries(
        both.map(({ key, said: { version: number, url, integrity } }) => [
          key,
          { version: number, resolved: url, integrity },
        ]),
      );
      const list = Object.fromEntries(
        both.map(({ key, said: { name, version: number, url, integrity } }) => [
          `node_modules/${key}`,
          { ...(name === key ? {} : { name }), version: number, resolved: url, integrity },
        ]),
      );
      const packagesOf = { '': { name: 'shop', dependencies }, ...list };
      return JSON.stringify(
        {
          name: 'shop',
          lockfileVersion: version,
          requires: true,
          ...(version === 1 ? {} : { packages: packagesOf }),
          ...(version === 3 ? {} : { dependencies: tree }),
        },
        null,
        2,
      );
    }
    case 'yarn-classic':
      return `# yarn lockfile v1\n\n${both
        .map(
          ({ key, range, said: { version, url, integrity } }) =>
            `\n${JSON.stringify(`${key}@${range}`)}:\n  version ${json(version)}\n  resolved ${json(url)}\n${integrity === undefined ? '' : `  integrity ${integrity}\n`}`,
        )
        .join('')}`;
    case 'yarn-berry':
      return `__metadata:\n  version: 8\n  cacheKey: 10c0\n${both
        .map(({ key, range, said: { name, version, url, integrity } }) => {
          const archive = url === undefined ? '' : `::__archiveUrl=${encodeURIComponent(url)}`;
          return `\n${JSON.stringify(`${key}@npm:${range}`)}:\n  version: ${version}\n  resolution: ${json(`${name}@npm:${version}${archive}`)}\n  checksum: 10c0/${createHash(
            'sha512',
          )
            .update(integrity ?? '')
            .digest('hex')}\n  languageName: node\n  linkType: hard\n`;
        })
        .join(
          '',
        )}\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  dependencies:\n${both.map(({ key, range }) => `    ${JSON.stringify(key)}: "npm:${range}"\n`).join('')}  languageName: unknown\n  linkType: soft\n`;
    case 'pnpm-6':
    case 'pnpm-9': {
      const slash = format === 'pnpm-6' ? '/' : '';
      const importer = both
        .map(
          ({ key, range, said: { version } }) =>
            `      ${JSON.stringify(key)}:\n        specifier: ${range}\n        version: ${version}\n`,
        )
        .join('');
      const entries = both
        .map(({ said: { name, version, url, integrity } }) => {
          const parts = [
            ...(integrity === undefined ? [] : [`integrity: ${integrity}`]),
            ...(url === undefined ? [] : [`tarball: ${json(url)}`]),
          ];
          return `\n  ${JSON.stringify(`${slash}${name}@${version}`)}:\n    resolution: {${parts.join(', ')}}\n${slash === '' ? '' : '    dev: false\n'}`;
        })
        .join('');
      const snapshots = both
        .map(({ said: { name, version } }) => `\n  ${JSON.stringify(`${name}@${version}`)}: {}\n`)
        .join('');
      return `lockfileVersion: '${slash === '' ? '9.0' : '6.0'}'\n\nimporters:\n\n  .:\n    dependencies:\n${importer}\npackages:\n${entries}${slash === '' ? `\nsnapshots:\n${snapshots}` : ''}`;
    }
    case 'bun':
      return `{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop", "dependencies": ${JSON.stringify(dependencies)} } },\n  "packages": {\n${both
        .map(
          ({ key, said: { name, version, url, integrity } }) =>
            `    ${json(key)}: ${JSON.stringify([`${name}@${version}`, url ?? '', {}, integrity ?? ''])},\n`,
        )
        .join('')}  }\n}\n`;
  }
}
