import { REGISTRIES } from '../base-project.ts';
import { editBunTuple, editNpmEntries } from '../edit-lockfile.ts';
import { integrityOf } from '../marker-tarball.ts';
import type { Mechanism, Plant, Project } from '../mechanism.ts';
import { published } from '../packages.ts';

const REPLACEMENT = 'npm:evil-once@1.4.0';

function overridden(project: Project): Plant {
  const files = project.variant('overridden');
  const path = files['pnpm-workspace.yaml'] === undefined ? 'package.json' : 'pnpm-workspace.yaml';
  return { files, token: { path, text: REPLACEMENT }, mention: 'once' };
}

export const ALIASES: readonly Mechanism[] = [
  {
    id: 'alias-overrides',
    title: 'An alias in overrides or resolutions',
    scenario: 'registry',
    appliesTo: () => true,
    plant: overridden,
    honest: (project) => project.variant('pinned'),
    isHonestShown: true,
  },
  {
    id: 'alias-manifest',
    title: 'An alias in the manifest: another package under a popular name',
    scenario: 'registry',
    appliesTo: () => true,
    plant: (project) => ({
      files: project.variant('aliased'),
      token: { path: 'package.json', text: 'npm:evil-ms@^2.1.3' },
      mention: 'ms',
    }),
    honest: (project) => project.variant('second-name'),
    isHonestShown: true,
  },
  {
    id: 'alias-lockfile-only',
    title: 'An alias in the lockfile only',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family !== 'pnpm' && lockfileVersion !== 1,
    plant: lockfileAlias,
  },
  {
    id: 'alias-transitive-lockfile-only',
    title: 'An alias among the dependencies of a lockfile entry',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion !== 1,
    plant: (project) => {
      const specifier = 'npm:evil-once@^1.4.0';
      const asked = editNpmEntries(project.lockfile, 'beta', (entry) => {
        entry.dependencies = { once: specifier };
      });
      return {
        files: project.lockfileOnly(
          editNpmEntries(asked, 'once', (entry) => {
            entry.name = 'evil-once';
            entry.resolved = `${REGISTRIES.registry}evil-once/-/evil-once-1.4.0.tgz`;
            entry.integrity = integrityOf(published('evil-once', '1.4.0').bytes);
          }),
        ),
        token: {
          path: project.lockfilePath,
          text: [
            specifier,
            'evil-once',
            'node_modules/once',
            `${REGISTRIES.registry}evil-once/-/evil-once-1.4.0.tgz`,
          ],
        },
        mention: 'once',
      };
    },
  },
  {
    id: 'bin-lockfile-only',
    title: 'Commands named node and npm in the lockfile only',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion !== 1,
    installation: { proof: 'node_modules/.bin/node' },
    plant: (project) => ({
      files: project.lockfileOnly(
        editNpmEntries(project.lockfile, 'alpha', (entry) => {
          entry.bin = { node: 'index.js', npm: 'index.js' };
        }),
      ),
      token: {
        path: project.lockfilePath,
        text: [
          'bin',
          'node',
          'npm',
          'index.js',
          '{\n        "node": "index.js",\n        "npm": "index.js"\n      }',
        ],
      },
      mention: 'alpha',
    }),
    honest: (project) =>
      project.lockfileOnly(
        editNpmEntries(project.lockfile, 'alpha', (entry) => {
          entry.bin = { alpha: 'index.js' };
        }),
      ),
    isHonestShown: true,
  },
];

function lockfileAlias(project: Project): Plant {
  const { base, lockfile, lockfilePath: path } = project;
  const url = `${REGISTRIES.registry}@evil/alpha/-/alpha-1.0.0.tgz`;
  switch (base.family) {
    case 'npm':
      return {
        files: project.lockfileOnly(
          editNpmEntries(lockfile, 'alpha', (entry) => {
            Object.assign(entry, { name: '@evil/alpha', resolved: url, integrity: project.plantedHash });
          }),
        ),
        token: { path, text: ['node_modules/alpha', '@evil/alpha', url] },
        mention: 'alpha',
      };
    case 'yarn-berry': {
      const changed = lockfile
        .replace('resolution: "alpha@npm:1.0.0"', 'resolution: "@evil/alpha@npm:1.0.0"')
        .replace(/^(?<before>"alpha@(?:.*\n)+?) {2}checksum: .*\n/m, '$<before>');
      return {
        files: project.lockfileOnly(changed),
        token: { path, text: '@evil/alpha@npm:1.0.0' },
        mention: 'alpha',
      };
    }
    case 'yarn-classic': {
      const changed = project.withEntry('alpha', { url, integrity: project.plantedHash });
      const aliased = changed.replace('alpha@^1.0.0:', '"alpha@^1.0.0", "alpha@npm:@evil/alpha@^1.0.0":');
      return {
        files: project.lockfileOnly(aliased),
        token: { path, text: [url, 'alpha@^1.0.0'] },
        mention: 'alpha',
      };
    }
    default: {
      const changed = editBunTuple(lockfile, 'alpha', (tuple) => {
        tuple[0] = '@evil/alpha@1.0.0';
        tuple[1] = url;
        tuple[3] = project.plantedHash;
      });
      return {
        files: project.lockfileOnly(changed),
        token: { path, text: ['@evil/alpha@1.0.0', url] },
        mention: 'alpha',
      };
    }
  }
}
