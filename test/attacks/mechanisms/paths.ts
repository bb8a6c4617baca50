import type { Family } from '../managers.ts';
import type { Mechanism } from '../mechanism.ts';
import { PLANTED_ALPHA } from '../packages.ts';
import { PROJECT_PATH } from '../prove.ts';

interface Path {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly families: readonly Family[];
}

const WITH_URLS: readonly Family[] = ['npm', 'pnpm', 'yarn-classic', 'bun'];

const PATHS: readonly Path[] = [
  { id: 'path-dot-slash', title: 'Relative path without file:', url: './docs/evil.tgz', families: WITH_URLS },
  { id: 'path-bare', title: 'Bare path', url: 'docs/evil.tgz', families: WITH_URLS },
  {
    id: 'path-up',
    title: 'Path that leads out and back',
    url: '../project/docs/evil.tgz',
    families: ['npm'],
  },
  { id: 'path-absolute', title: 'Absolute path', url: `${PROJECT_PATH}/docs/evil.tgz`, families: WITH_URLS },
  { id: 'path-file', title: 'Path with file:', url: 'file:docs/evil.tgz', families: WITH_URLS },
  {
    id: 'path-file-url',
    title: 'URL of a file',
    url: `file://${PROJECT_PATH}/docs/evil.tgz`,
    families: WITH_URLS,
  },
  { id: 'path-file-upper-case', title: 'Path with FILE:', url: 'FILE:docs/evil.tgz', families: WITH_URLS },
];

/** An archive of the repository in place of the registry's. */
export const LOCAL_PATHS: readonly Mechanism[] = PATHS.map(({ id, title, url, families }) => ({
  id,
  title,
  scenario: 'registry',
  appliesTo: ({ family }) => families.includes(family),
  plant: (project) => ({
    files: {
      ...project.lockfileOnly(project.withEntry('alpha', { url, integrity: project.plantedHash })),
      'docs/evil.tgz': PLANTED_ALPHA,
    },
    token: project.urlToken(url),
    mention: 'alpha',
  }),
}));
