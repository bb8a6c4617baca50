import { createHash } from 'node:crypto';
import type { Sample } from './samples.ts';

/** The source of one package in a lockfile; each text is inserted unchanged. */
export interface Locked {
  readonly name: string;
  readonly version: string;
  /** Undefined if the format omits it. */
  readonly url: string | undefined;
  readonly integrity: string | undefined;
  /**
   * Members that determine the installation, as npm, pnpm, Yarn and Bun write them; each format uses those
   * that it knows.
   */
  readonly flags?: readonly Flag[];
  /** The declaration in the package that depends on it, if that was changed as well. */
  readonly asked?: string;
}

export const FLAGS = [
  'inBundle',
  'dev',
  'optional',
  'devOptional',
  'peer',
  'extraneous',
  'hasShrinkwrap',
] as const;
/** bundledByProject: the project bundles it, as recorded in the entry. */
export type Flag = (typeof FLAGS)[number] | 'bundledByProject' | 'otherMachine';

/** The package that depends on the changed one. */
export type Dependent = 'project' | 'package';

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

/**
 * Returns the manifest of a project that depends on both packages, or on the second one, which depends on the first.
 */
export function manifestOf(
  format: Format,
  packages: readonly [Sample, Sample],
  dependent: Dependent,
): string {
  const manager = { 'yarn-berry': 'yarn@4.18.1', 'yarn-classic': 'yarn@1.22.22' }[format as string];
  const dependencies = ofProject(packages, dependent);
  return JSON.stringify({ name: 'shop', private: true, packageManager: manager, dependencies });
}

function ofProject(
  packages: readonly [Sample, Sample],
  dependent: Dependent,
): Readonly<Record<string, string>> {
  const direct = dependent === 'project' ? packages : packages.slice(1);
  return Object.fromEntries(direct.map(({ name, version }) => [name, version]));
}

interface Entry {
  readonly key: string;
  readonly range: string;
  readonly said: Locked;
  /** Its dependencies, by name. */
  readonly needs: Readonly<Record<string, string>> | undefined;
}

/** Returns a lockfile in which the first package is locked as given, and the second properly. */
export function lockfileOf(
  format: Format,
  packages: readonly [Sample, Sample],
  locked: Locked,
  dependent: Dependent,
): string {
  const [first, second] = packages;
  const dependencies = ofProject(packages, dependent);
  const honest: Locked = second;
  const range = dependent === 'project' ? first.version : (locked.asked ?? first.version);
  const needs = dependent === 'project' ? undefined : { [first.name]: range };
  const both: readonly Entry[] = [
    { key: first.name, range, said: locked, needs: undefined },
    { key: second.name, range: second.version, said: honest, needs },
  ];
  const direct = both.filter(({ key }) => key in dependencies);
  const flags = new Set(locked.flags);
  const json = (text: string | undefined) => JSON.stringify(text ?? '');
  switch (format) {
    case 'npm-v1':
    case 'npm-v2':
    case 'npm-v3': {
      const version = Number(format.slice(-1));
      const tree = Object.fromEntries(
        both.map(({ key, said: { name, version: number, url, integrity, flags }, needs }) => [
          key,
          {
            version: name === key ? number : `npm:${name}@${number}`,
            ...{ resolved: url, integrity, requires: needs },
            ...(flags?.includes('inBundle') ? { bundled: true } : {}),
            ...npmFlags(flags?.filter((flag) => flag === 'dev' || flag === 'optional')),
          },
        ]),
      );
      const list = Object.fromEntries(
        both.map(({ key, said: { name, version: number, url, integrity, flags }, needs }) => [
          `node_modules/${key}`,
          {
            ...(name === key ? {} : { name }),
            ...{ version: number, resolved: url, integrity, dependencies: needs },
            ...npmFlags(flags),
          },
        ]),
      );
      const bundleDependencies = flags.has('bundledByProject') ? [first.name] : undefined;
      const packagesOf = { '': { name: 'shop', dependencies, bundleDependencies }, ...list };
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
          ({ key, range, said: { version, url, integrity }, needs }) =>
            `\n${JSON.stringify(`${key}@${range}`)}:\n  version ${json(version)}\n  resolved ${json(url)}\n${integrity === undefined ? '' : `  integrity ${integrity}\n`}${listOf('  dependencies:', needs, '    ', ' ')}`,
        )
        .join('')}`;
    case 'yarn-berry':
      return `__metadata:\n  version: 8\n  cacheKey: 10c0\n${both
        .map(({ key, range, said: { name, version, url, integrity, flags }, needs }) => {
          const conditions = flags?.includes('otherMachine') ? '  conditions: os=none\n' : '';
          const archive = url === undefined ? '' : `::__archiveUrl=${encodeURIComponent(url)}`;
          return `\n${JSON.stringify(`${key}@npm:${range}`)}:\n  version: ${version}\n  resolution: ${json(`${name}@npm:${version}${archive}`)}\n${listOf('  dependencies:', needs, '    ', ': npm:')}  checksum: 10c0/${createHash(
            'sha512',
          )
            .update(integrity ?? '')
            .digest('hex')}\n${conditions}  languageName: node\n  linkType: hard\n`;
        })
        .join(
          '',
        )}\n"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n  dependencies:\n${direct.map(({ key, range }) => `    ${JSON.stringify(key)}: "npm:${range}"\n`).join('')}  languageName: unknown\n  linkType: soft\n`;
    case 'pnpm-6':
    case 'pnpm-9': {
      const slash = format === 'pnpm-6' ? '/' : '';
      const importer = direct
        .map(
          ({ key, range, said: { version } }) =>
            `      ${JSON.stringify(key)}:\n        specifier: ${range}\n        version: ${version}\n`,
        )
        .join('');
      const entries = both
        .map(({ said: { name, version, url, integrity, flags } }) => {
          const machine = flags?.includes('otherMachine') ? '    os: [none]\n' : '';
          const optional = flags?.includes('optional') ? '    optional: true\n' : '';
          const parts = [
            ...(integrity === undefined ? [] : [`integrity: ${integrity}`]),
            ...(url === undefined ? [] : [`tarball: ${json(url)}`]),
          ];
          return `\n  ${JSON.stringify(`${slash}${name}@${version}`)}:\n    resolution: {${parts.join(', ')}}\n${machine}${slash === '' ? '' : optional}${slash === '' ? '' : '    dev: false\n'}`;
        })
        .join('');
      const snapshots = both
        .map(({ said: { name, version } }) => `\n  ${JSON.stringify(`${name}@${version}`)}: {}\n`)
        .join('');
      return `lockfileVersion: '${slash === '' ? '9.0' : '6.0'}'\n\nimporters:\n\n  .:\n    dependencies:\n${importer}\npackages:\n${entries}${slash === '' ? `\nsnapshots:\n${snapshots}` : ''}`;
    }
    case 'bun':
      return `{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "shop", "dependencies": ${JSON.stringify(dependencies)} } },\n  "packages": {\n${both
        .map(({ key, said: { name, version, url, integrity, flags }, needs }) => {
          const machine = flags?.includes('otherMachine') ? { os: 'none' } : {};
          const details = { ...(needs === undefined ? {} : { dependencies: needs }), ...machine };
          return `    ${json(key)}: ${JSON.stringify([`${name}@${version}`, url ?? '', details, integrity ?? ''])},\n`;
        })
        .join('')}  }\n}\n`;
  }
}

function npmFlags(flags: readonly Flag[] | undefined): Readonly<Record<string, unknown>> {
  const written = (flags ?? []).map((flag) => (flag === 'bundledByProject' ? 'inBundle' : flag));
  return Object.fromEntries(
    written.map((flag) => (flag === 'otherMachine' ? ['os', ['none']] : [flag, true])),
  );
}

/** Returns a heading and a line for each member; empty if there are none. */
function listOf(
  heading: string,
  members: Readonly<Record<string, string>> | undefined,
  indent: string,
  between: string,
): string {
  if (members === undefined) return '';
  const lines = Object.entries(members).map(([name, value]) => {
    const [before, after = ''] = between.split(/(?<=: )/);
    return `${indent}${JSON.stringify(name)}${before}${JSON.stringify(after + value)}\n`;
  });
  return `${heading}\n${lines.join('')}`;
}
