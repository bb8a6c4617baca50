import { REGISTRIES } from '../base-project.ts';
import { editNpmEntries } from '../edit-lockfile.ts';
import { type HashAlgorithm, integrityOf } from '../marker-tarball.ts';
import type { Mechanism, Project } from '../mechanism.ts';
import { PLANTED_ALPHA, published } from '../packages.ts';

const REGISTRY = REGISTRIES.registry;
const EVIL = 'https://evil.example.test/';

const WEAKER: readonly HashAlgorithm[] = ['sha384', 'sha256', 'sha1'];

/** Returns the configuration with another registry, in the format of each manager. */
export function switchedRegistry({ base, files }: Project): Readonly<Record<string, string>> {
  const path =
    base.family === 'yarn-berry' ? '.yarnrc.yml' : base.family === 'bun' ? 'bunfig.toml' : '.npmrc';
  return { [path]: files[path]!.replace(REGISTRY, EVIL) };
}

/** npm 12 installs no archive from outside the configured registry. */
const HONEST_HASH = integrityOf(published('alpha').bytes);

/** Uses another algorithm than before, so that the hashes cannot be compared. */
const OTHER_ALGORITHM: readonly Mechanism[] = WEAKER.flatMap((algorithm): readonly Mechanism[] => {
  const integrity = integrityOf(PLANTED_ALPHA, algorithm);
  const url = `${REGISTRY}evil/-/evil-1.0.0.tgz`;
  return [
    {
      id: `hash-${algorithm}-url`,
      title: `Hash replaced by a ${algorithm} hash, with the URL of another package`,
      scenario: 'registry',
      appliesTo: ({ family }) => family !== 'yarn-berry',
      plant: (project) => ({
        files: project.lockfileOnly(project.withEntry('alpha', { url, integrity })),
        token: project.urlToken(url),
        mention: 'alpha',
      }),
    },
    {
      id: `hash-${algorithm}-registry`,
      title: `Hash replaced by a ${algorithm} hash, URL left out, registry switched in the configuration`,
      scenario: 'registry',
      appliesTo: ({ family }) => family !== 'yarn-berry',
      reportedBy: 'diff',
      plant: (project) => ({
        files: {
          ...project.lockfileOnly(project.withEntry('alpha', { ...withoutUrl(project), integrity })),
          ...switchedRegistry(project),
        },
        token: { path: project.lockfilePath, text: integrity },
        mention: 'alpha',
      }),
    },
  ];
});

/** Removes the URL, except for pnpm, which writes none for a registry's package. */
function withoutUrl({ base }: Project): { readonly url?: null } {
  return base.family === 'pnpm' ? {} : { url: null };
}

const TWO = `${HONEST_HASH} ${integrityOf(PLANTED_ALPHA)}`;

export const HASHES: readonly Mechanism[] = [
  ...OTHER_ALGORITHM,
  {
    id: 'hash-replace-host',
    title: 'Hash replaced by a sha384 hash, registry switched with replace-registry-host=always',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'npm',
    reportedBy: 'diff',
    plant: (project) => {
      const integrity = integrityOf(PLANTED_ALPHA, 'sha384');
      return {
        files: {
          ...project.lockfileOnly(project.withEntry('alpha', { integrity })),
          '.npmrc': `${switchedRegistry(project)['.npmrc']}replace-registry-host=always\n`,
        },
        token: { path: project.lockfilePath, text: integrity },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'hash-two-of-one-algorithm',
    title: 'A second hash of the same algorithm, registry switched in the configuration',
    scenario: 'registry',
    appliesTo: ({ family }) => family !== 'yarn-berry',
    plant: (project) => ({
      files: {
        ...project.lockfileOnly(project.withEntry('alpha', { ...withoutUrl(project), integrity: TWO })),
        ...switchedRegistry(project),
      },
      token: { path: project.lockfilePath, text: TWO },
      mention: 'alpha',
    }),
    honest: (project) => {
      const { bytes } = published('alpha');
      const integrity = `${integrityOf(bytes, 'sha1')} ${integrityOf(bytes)}`;
      return project.base.family === 'npm' || project.base.family === 'yarn-classic'
        ? project.lockfileOnly(project.withEntry('alpha', { integrity }))
        : project.variant('updated');
    },
    isHonestShown: true,
  },
  {
    id: 'hash-two-url',
    title: 'A second hash of the same algorithm, with the URL of another package',
    scenario: 'registry',
    appliesTo: ({ family }) => family !== 'yarn-berry',
    plant: (project) => {
      const url = `${REGISTRY}@evil/x/../alpha/-/alpha-1.0.0.tgz`;
      return {
        files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: TWO })),
        token: project.urlToken(url),
        mention: 'alpha',
      };
    },
  },
  {
    id: 'hash-removed-url',
    title: 'Hash removed, with the URL of another package',
    scenario: 'registry',
    appliesTo: () => true,
    plant: (project) => {
      const url = `${REGISTRY}@evil/./alpha/-/alpha-1.0.0.tgz`;
      return {
        files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: null })),
        token: project.urlToken(url),
        mention: 'alpha',
      };
    },
  },
  {
    id: 'hash-removed-registry',
    title: 'Hash removed, URL left out, registry switched in the configuration',
    scenario: 'registry',
    appliesTo: () => true,
    plant: (project) => ({
      files: {
        ...project.lockfileOnly(project.withEntry('alpha', { ...withoutUrl(project), integrity: null })),
        ...switchedRegistry(project),
      },
      token: { path: project.lockfilePath, text: entryKeys(project) },
      mention: 'alpha',
    }),
  },
  {
    id: 'hash-name-only',
    title: 'Another name in the entry, without a URL',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion !== 1,
    plant: (project) => ({
      files: project.lockfileOnly(
        editNpmEntries(project.lockfile, 'alpha', (entry) => {
          delete entry.resolved;
          Object.assign(entry, { name: '@evil/alpha', integrity: project.plantedHash });
        }),
      ),
      token: { path: project.lockfilePath, text: ['node_modules/alpha', '@evil/alpha'] },
      mention: 'alpha',
    }),
  },
];

/** Returns the key of the entry, where a missing member is reported, or its substitute. */
function entryKeys({ base }: Project): readonly string[] {
  const resolution = 'alpha@npm:1.0.0';
  return [
    'node_modules/alpha',
    'alpha',
    'alpha@^1.0.0',
    'alpha@npm:^1.0.0',
    'alpha@1.0.0',
    ...(base.family === 'yarn-berry' ? [resolution] : []),
  ];
}
