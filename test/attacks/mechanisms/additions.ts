import { REGISTRIES } from '../base-project.ts';
import { editBlock, editBunTuple, editJson, type NpmLockfile } from '../edit-lockfile.ts';
import { MARKER } from '../marker-tarball.ts';
import type { Mechanism, Plant, Project } from '../mechanism.ts';

const URL = `${REGISTRIES.registry}evil/-/evil-1.0.0.tgz`;

/** Returns the text of a lockfile in which `beta` depends on a package that its manifest does not contain. */
function withAddition({ base, lockfile, plantedHash }: Project): string {
  switch (base.family) {
    case 'npm':
      return editJson<NpmLockfile>(lockfile, ({ packages, dependencies }) => {
        const entry = { version: '1.0.0', resolved: URL, integrity: plantedHash };
        if (packages !== undefined) {
          Object.assign(packages['node_modules/beta']!.dependencies as object, { evil: '^1.0.0' });
          packages['node_modules/evil'] = entry;
        }
        if (dependencies !== undefined) {
          Object.assign(dependencies.beta!.requires as object, { evil: '^1.0.0' });
          dependencies.evil = entry;
        }
      });
    case 'yarn-classic': {
      const entry = `evil@^1.0.0:\n  version "1.0.0"\n  resolved "${URL}"\n  integrity ${plantedHash}\n\n`;
      return editBlock(lockfile, /^beta@/m, (block) =>
        block.replace('    once', '    evil "^1.0.0"\n    once'),
      ).replace(/^ms@/m, (key) => `${entry}${key}`);
    }
    case 'pnpm':
      return lockfile
        .replace(
          /^ {2}ms@2\.1\.3:\n/m,
          (key) => `  evil@1.0.0:\n    resolution: {integrity: ${plantedHash}}\n\n${key}`,
        )
        .replace(/^ {2}beta@1\.0\.0:\n {4}dependencies:\n/m, (key) => `${key}      evil: 1.0.0\n`)
        .replace(/^ {2}ms@2\.1\.3: \{\}\n/m, (key) => `  evil@1.0.0: {}\n\n${key}`);
    case 'bun':
      return editBunTuple(lockfile, 'beta', (tuple) => {
        tuple[2] = { dependencies: { evil: '^1.0.0', once: '^1.4.0' } };
      }).replace(
        /^ {4}"ms"/m,
        (key) => `    "evil": ["evil@1.0.0", "${URL}", {}, "${plantedHash}"],\n\n${key}`,
      );
    default:
      throw new Error('Yarn 2 and later compare what a package depends on');
  }
}

/** The source that Bun uses for a registry package, by the first member of its tuple. */
const TUPLES: readonly (readonly [id: string, title: string, of: (project: Project) => unknown[]])[] = [
  [
    'url',
    'A URL in the tuple of a registry package',
    ({ plantedHash }) => ['alpha@https://evil.example.test/alpha-1.0.0.tgz', {}, plantedHash],
  ],
  ['folder', 'A folder in the tuple of a registry package', () => ['alpha@file:docs/evil', {}]],
  ['link', 'A workspace in the tuple of a registry package', () => ['alpha@workspace:docs/evil']],
];

function tuplePlant(project: Project, tuple: readonly unknown[]): Plant {
  const text = editBunTuple(project.lockfile, 'alpha', (now) => {
    now.splice(0, now.length, ...tuple);
  });
  return {
    files: {
      ...project.lockfileOnly(text),
      'docs/evil/package.json': '{\n  "name": "alpha",\n  "version": "1.0.0"\n}\n',
      [`docs/evil/${MARKER}`]: 'planted\n',
    },
    // The whole locator, or the part after the name.
    token: {
      path: project.lockfilePath,
      text: [String(tuple[0]), String(tuple[0]).slice('alpha@'.length)],
    },
    mention: 'alpha',
  };
}

/** Entries that only the lockfile requires, or that are of another kind. */
export const ADDITIONS: readonly Mechanism[] = [
  {
    id: 'added-lockfile-only',
    title: 'A further dependency of a package, in the lockfile only',
    scenario: 'registry',
    appliesTo: ({ family }) => family !== 'yarn-berry',
    reportedBy: 'diff',
    plant: (project) => ({
      files: project.lockfileOnly(withAddition(project)),
      token: { path: project.lockfilePath, text: ['evil', 'node_modules/evil', 'evil@^1.0.0', 'evil@1.0.0'] },
      mention: 'evil',
    }),
  },
  ...TUPLES.map(
    ([id, title, of]): Mechanism => ({
      id: `source-tuple-${id}`,
      title,
      scenario: 'registry',
      appliesTo: ({ family }) => family === 'bun',
      plant: (project) => tuplePlant(project, of(project)),
    }),
  ),
  {
    id: 'source-tuple-git',
    title: 'A git commit in the tuple of a registry package',
    scenario: 'git',
    appliesTo: ({ family }) => family === 'bun',
    plant: (project) => {
      const commit = project.facts.commits.fork.honest;
      return tuplePlant(project, [`alpha@git+https://git.example.test/fork.git#${commit}`, {}, commit]);
    },
  },
];
