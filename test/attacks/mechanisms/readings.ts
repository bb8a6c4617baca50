import { type Files, REGISTRIES } from '../base-project.ts';
import { editJson, type NpmLockfile } from '../edit-lockfile.ts';
import type { Mechanism, Plant, Project } from '../mechanism.ts';

const URL = `${REGISTRIES.registry}evil/-/evil-1.0.0.tgz`;

/** A file that two readers interpret differently. */
interface Reading {
  readonly id: string;
  readonly title: string;
  readonly appliesTo: Mechanism['appliesTo'];
  change(project: Project): string;
  /** Returns what is reported in place of the URL, and its form in `diff`. */
  reported?(project: Project): { readonly text: string; readonly mention: string };
}

/** Both commands report that a file with merge markers cannot be read completely. */
const conflict = () => ({ text: '<<<<<<< HEAD', mention: 'merge conflict' });

/** Returns npm's entry of `alpha` in the text. */
function npmEntry(text: string): string {
  const found = /^ {4}"(?:node_modules\/)?alpha": \{\n(?:.*\n)+? {4}\},?\n/m.exec(text)?.[0];
  if (found === undefined) throw new Error('no entry of alpha');
  return found;
}

function plantedEntry(project: Project): string {
  return npmEntry(project.withEntry('alpha', { url: URL, integrity: project.plantedHash }));
}

/** Returns the planted resolution in a pnpm-lock.yaml. */
function plantedResolution(project: Project): string {
  const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
  return /^ {2}alpha@1\.0\.0:\n {4}resolution: (\{.*\})$/m.exec(planted)![1]!;
}

const isNpm3: Mechanism['appliesTo'] = ({ family, lockfileVersion }) =>
  family === 'npm' && lockfileVersion === undefined;

const READINGS: readonly Reading[] = [
  {
    id: 'reading-member-twice',
    title: 'The URL and the hash twice in an entry, the honest ones first',
    appliesTo: isNpm3,
    change: ({ lockfile, plantedHash }) => {
      const entry = npmEntry(lockfile);
      const twice = entry.replace(
        /\n( {4}\},?\n)$/,
        (_whole, end: string) =>
          `,\n      "resolved": "${URL}",\n      "integrity": "${plantedHash}"\n${end}`,
      );
      return lockfile.replace(entry, () => twice);
    },
  },
  {
    id: 'reading-entry-twice',
    title: 'An entry twice, the honest one first',
    appliesTo: ({ family }) => family === 'npm',
    change: (project) => {
      const entry = npmEntry(project.lockfile);
      return project.lockfile.replace(entry, () => `${entry}${plantedEntry(project)}`);
    },
  },
  {
    id: 'reading-escaped-member',
    title: 'The name of a member written with an escape',
    appliesTo: isNpm3,
    change: (project) => {
      const planted = plantedEntry(project);
      const escaped = planted
        .replace('"resolved"', '"r\\u0065solved"')
        .replace('"integrity"', '"integrit\\u0079"');
      return project.lockfile.replace(npmEntry(project.lockfile), () => escaped);
    },
  },
  {
    id: 'reading-escaped-key',
    title: 'The key of an entry written with an escape',
    appliesTo: isNpm3,
    change: (project) => {
      const escaped = plantedEntry(project).replace('"node_modules/alpha"', '"node_modules\\/\\u0061lpha"');
      return project.lockfile.replace(npmEntry(project.lockfile), () => escaped);
    },
  },
  ...[
    'node_modules/./alpha',
    'node_modules//alpha',
    './node_modules/alpha',
    'node_modules/x/../alpha',
    'node_modules/alpha/',
  ].map(
    (key, index): Reading => ({
      id: `reading-key-${index + 1}`,
      title: `A second entry under ${key}`,
      appliesTo: isNpm3,
      change: (project) => {
        const entry = npmEntry(project.lockfile);
        const second = plantedEntry(project).replace('"node_modules/alpha"', () => JSON.stringify(key));
        return project.lockfile.replace(entry, () => `${entry}${second}`);
      },
    }),
  ),
  {
    id: 'reading-new-section-only',
    title: 'Only one of the two sections changed: packages',
    appliesTo: ({ lockfileVersion }) => lockfileVersion === 2,
    change: (project) =>
      editJson<NpmLockfile>(project.lockfile, ({ packages = {} }) => {
        Object.assign(packages['node_modules/alpha']!, { resolved: URL, integrity: project.plantedHash });
      }),
  },
  {
    id: 'reading-merge-markers',
    reported: conflict,
    title: 'Merge markers, which npm resolves by itself',
    appliesTo: isNpm3,
    change: (project) => {
      const entry = npmEntry(project.lockfile);
      const both = `<<<<<<< HEAD\n${plantedEntry(project)}=======\n${entry}>>>>>>> other\n`;
      return project.lockfile.replace(entry, () => both);
    },
  },
  {
    id: 'reading-byte-order-mark',
    title: 'A byte order mark, with the URL of another package',
    appliesTo: ({ family }) => family !== 'yarn-berry',
    change: (project) => `\uFEFF${project.withEntry('alpha', { url: URL, integrity: project.plantedHash })}`,
  },
  {
    id: 'reading-block-twice',
    title: 'An entry twice, the honest one first',
    appliesTo: ({ family }) => family === 'yarn-classic',
    change: (project) => {
      const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
      const block = /^alpha@.*\n(?: {2}.*\n)+/m.exec(planted)![0];
      return `${project.lockfile.trimEnd()}\n\n${block}`;
    },
  },
  {
    id: 'reading-member-twice-yarn',
    title: 'The URL and the hash twice in an entry, the honest ones first',
    appliesTo: ({ family }) => family === 'yarn-classic',
    change: ({ lockfile, plantedHash }) =>
      lockfile.replace(
        /^alpha@.*\n(?: {2}.*\n)+/m,
        (block) => `${block}  resolved "${URL}"\n  integrity ${plantedHash}\n`,
      ),
  },
  {
    id: 'reading-merge-markers-yarn',
    reported: conflict,
    title: 'Merge markers, which Yarn resolves by itself',
    appliesTo: ({ family }) => family === 'yarn-classic',
    change: (project) => {
      const block = /^alpha@.*\n(?: {2}.*\n)+/m.exec(project.lockfile)![0];
      const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
      const other = /^alpha@.*\n(?: {2}.*\n)+/m.exec(planted)![0];
      return project.lockfile.replace(block, () => `<<<<<<< HEAD\n${block}=======\n${other}>>>>>>> other\n`);
    },
  },
  {
    id: 'reading-entry-twice-bun',
    title: 'An entry twice, the honest one first',
    appliesTo: ({ family }) => family === 'bun',
    change: (project) => {
      const pattern = /^ {4}"alpha": \[.*\],\n/m;
      const planted = pattern.exec(
        project.withEntry('alpha', { url: URL, integrity: project.plantedHash }),
      )![0];
      return project.lockfile.replace(pattern, (entry) => `${entry}\n${planted}`);
    },
  },
  {
    id: 'reading-yaml-anchor',
    title: 'The resolution behind a YAML alias',
    reported: (project) => ({ text: `&planted ${plantedResolution(project)}`, mention: 'alpha' }),
    appliesTo: ({ family }) => family === 'pnpm',
    change: (project) => {
      const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
      return planted
        .replace(/^settings:\n/m, (key) => `x-planted: &planted ${plantedResolution(project)}\n\n${key}`)
        .replace(/(^ {2}alpha@1\.0\.0:\n {4}resolution: )\{.*\}$/m, '$1*planted');
    },
  },
  {
    id: 'reading-yaml-block',
    title: 'The resolution in block style',
    appliesTo: ({ family }) => family === 'pnpm',
    change: (project) => {
      const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
      return planted.replace(
        /(^ {2}alpha@1\.0\.0:\n {4}resolution:) \{integrity: (.*), tarball: (.*)\}$/m,
        '$1\n      integrity: $2\n      tarball: $3',
      );
    },
  },
  {
    id: 'reading-yaml-quoted',
    title: 'Quoted keys and values',
    appliesTo: ({ family }) => family === 'pnpm',
    change: (project) => {
      const planted = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
      return planted.replace(
        /^ {2}alpha@1\.0\.0:\n {4}resolution: \{integrity: (.*), tarball: (.*)\}$/m,
        '  "alpha@1.0.\\x30":\n    \'resolution\': {"integrity": "$1", "tarb\\x61ll": \'$2\'}',
      );
    },
  },
];

export const READINGS_OF_FILES: readonly Mechanism[] = [
  ...READINGS.map(
    (reading): Mechanism => ({
      id: reading.id,
      title: reading.title,
      scenario: 'registry',
      appliesTo: reading.appliesTo,
      plant: (project) => {
        const { text, mention } = reading.reported?.(project) ?? { text: URL, mention: 'alpha' };
        return {
          files: project.lockfileOnly(reading.change(project)),
          token: { path: project.lockfilePath, text },
          mention,
        };
      },
    }),
  ),
  {
    id: 'reading-shrinkwrap',
    title: 'An npm-shrinkwrap.json beside the lockfile, which npm prefers',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'npm',
    plant: (project) => second(project, 'npm-shrinkwrap.json'),
  },
];

function second(project: Project, path: string): Plant {
  const text = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
  const files: Files = { [path]: text };
  return { files, token: { path, text: URL }, mention: 'alpha' };
}
