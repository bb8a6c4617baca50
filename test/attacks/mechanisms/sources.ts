import { type Files, REGISTRIES } from '../base-project.ts';
import { editJson, type NpmLockfile } from '../edit-lockfile.ts';
import { MARKER } from '../marker-tarball.ts';
import type { Mechanism, Plant, Project } from '../mechanism.ts';

const REGISTRY = REGISTRIES.registry;
const EVIL = 'https://evil.example.test/';

/** Moves the whole project to another registry, including its configuration. */
function moved(project: Project): Files {
  const path = project.base.family === 'bun' ? 'bunfig.toml' : '.npmrc';
  const elsewhere = (text: string) => text.replaceAll(REGISTRY, 'https://mirror.example.test/');
  return {
    [path]: elsewhere(project.file(path)),
    ...(project.base.family === 'pnpm' ? {} : project.lockfileOnly(elsewhere(project.lockfile))),
  };
}

/** The folder of a repository that replaces a package. */
const PLANTED_FOLDER = {
  'docs/evil/package.json': '{\n  "name": "alpha",\n  "version": "1.0.0"\n}\n',
  [`docs/evil/${MARKER}`]: 'planted\n',
};

/** Moves four fifths of the entries to one host, one of them with another hash. */
function majority(project: Project): Plant {
  let text = project.lockfile;
  for (const [name, version] of [
    ['beta', '1.0.0'],
    ['epsilon', '1.0.0'],
    ['ms', '2.1.3'],
    ['once', '1.4.0'],
  ] as const) {
    text = project.withEntry(name, { url: `${EVIL}${name}/-/${name}-${version}.tgz` }, text);
  }
  const url = `${EVIL}alpha/-/alpha-1.0.0.tgz`;
  return {
    files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: project.plantedHash }, text)),
    token: project.urlToken(url),
    mention: 'alpha',
  };
}

/** Returns pnpm's lockfile with every part about `alpha` in this form. */
function pnpmAlpha(
  project: Project,
  form: { version: string; key: string; resolution: string; more?: string },
): string {
  return project.lockfile
    .replace(
      /(alpha:\n {8}specifier: \^1\.0\.0\n {8}version: )1\.0\.0/,
      (_whole, before: string) => `${before}${form.version}`,
    )
    .replace(/^ {2}alpha@1\.0\.0:\n {4}resolution: .*\n/m, () =>
      form.resolution === '' ? '' : `  ${form.key}:\n    resolution: ${form.resolution}\n${form.more ?? ''}`,
    )
    .replace(/^ {2}alpha@1\.0\.0: \{\}\n/m, () => (form.resolution === '' ? '' : `  ${form.key}: {}\n`));
}

export const SOURCES: readonly Mechanism[] = [
  {
    id: 'source-majority',
    title: 'Most entries moved to one unknown host',
    scenario: 'registry',
    appliesTo: ({ family }) => family !== 'yarn-berry',
    plant: majority,
    honest: moved,
    isHonestShown: true,
  },
  {
    id: 'source-no-protocol',
    title: 'URL without a protocol: //host/…',
    scenario: 'registry',
    appliesTo: () => true,
    plant: (project) => {
      const url = '//evil.example.test/alpha/-/alpha-1.0.0.tgz';
      return {
        files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: project.plantedHash })),
        token: project.urlToken(url),
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-linked-folder',
    title: 'A linked folder for a registry package',
    scenario: 'registry',
    appliesTo: ({ family, lockfileVersion }) => family === 'npm' && lockfileVersion !== 1,
    plant: (project) => ({
      files: {
        ...PLANTED_FOLDER,
        ...project.lockfileOnly(
          editJson<NpmLockfile>(project.lockfile, ({ packages = {} }) => {
            packages['node_modules/alpha'] = { resolved: 'docs/evil', link: true };
            packages['docs/evil'] = { name: 'alpha', version: '1.0.0' };
          }),
        ),
      },
      token: { path: project.lockfilePath, text: ['docs/evil', 'node_modules/alpha'] },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-importer-url',
    title: 'A URL as the version of an importer, under a range',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => {
      const url = `${EVIL}alpha-1.0.0.tgz`;
      return {
        files: project.lockfileOnly(
          pnpmAlpha(project, {
            version: url,
            key: `alpha@${url}`,
            resolution: `{integrity: ${project.plantedHash}, tarball: ${url}}`,
            more: '    version: 1.0.0\n',
          }),
        ),
        token: { path: project.lockfilePath, text: [url, `alpha@${url}`] },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-importer-file',
    title: 'A file as the version of an importer, under a range',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => ({
      files: {
        ...PLANTED_FOLDER,
        ...project.lockfileOnly(
          pnpmAlpha(project, {
            version: 'file:docs/evil',
            key: 'alpha@file:docs/evil',
            resolution: '{directory: docs/evil, type: directory}',
          }),
        ),
      },
      token: { path: project.lockfilePath, text: ['file:docs/evil', 'alpha@file:docs/evil'] },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-importer-link',
    title: 'A linked folder as the version of an importer, under a range',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => ({
      files: {
        ...PLANTED_FOLDER,
        ...project.lockfileOnly(pnpmAlpha(project, { version: 'link:docs/evil', key: '', resolution: '' })),
      },
      token: { path: project.lockfilePath, text: ['link:docs/evil', 'docs/evil'] },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-importer-name',
    title: 'Another package as the version of an importer',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => ({
      files: project.lockfileOnly(
        pnpmAlpha(project, {
          version: "'@evil/alpha@1.0.0'",
          key: "'@evil/alpha@1.0.0'",
          resolution: `{integrity: ${project.plantedHash}}`,
        }),
      ),
      token: { path: project.lockfilePath, text: '@evil/alpha@1.0.0' },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-directory',
    title: 'A directory as the resolution of a registry package',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => ({
      files: {
        ...PLANTED_FOLDER,
        ...project.lockfileOnly(
          pnpmAlpha(project, {
            version: '1.0.0',
            key: 'alpha@1.0.0',
            resolution: '{directory: docs/evil, type: directory}',
          }),
        ),
      },
      token: {
        path: project.lockfilePath,
        text: ['docs/evil', 'directory', 'alpha@1.0.0', '{directory: docs/evil, type: directory}'],
      },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-git-resolution',
    title: 'A git commit as the resolution of a registry package',
    scenario: 'git',
    appliesTo: ({ family }) => family === 'pnpm',
    plant: (project) => {
      const commit = project.facts.commits.fork.honest;
      const repo = 'https://git.example.test/fork.git';
      return {
        files: project.lockfileOnly(
          pnpmAlpha(project, {
            version: '1.0.0',
            key: 'alpha@1.0.0',
            resolution: `{commit: ${commit}, repo: ${repo}, type: git}`,
          }),
        ),
        token: {
          path: project.lockfilePath,
          text: [repo, commit, 'alpha@1.0.0', `{commit: ${commit}, repo: ${repo}, type: git}`],
        },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-binary',
    title: 'A binary as the resolution of a registry package',
    scenario: 'registry',
    appliesTo: ({ manager }) => manager === 'pnpm 10' || manager === 'pnpm 11' || manager === 'pnpm 12',
    plant: (project) => {
      const url = `${EVIL}alpha-1.0.0.tgz`;
      const resolution = `{archive: tarball, bin: index.js, integrity: ${project.plantedHash}, type: binary, url: ${url}}`;
      return {
        files: project.lockfileOnly(pnpmAlpha(project, { version: '1.0.0', key: 'alpha@1.0.0', resolution })),
        token: { path: project.lockfilePath, text: [url, 'binary', 'alpha@1.0.0', resolution] },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-variations',
    title: 'Variations as the resolution of a registry package',
    scenario: 'registry',
    appliesTo: ({ manager }) => manager === 'pnpm 10' || manager === 'pnpm 11' || manager === 'pnpm 12',
    plant: (project) => {
      const url = `${EVIL}alpha-1.0.0.tgz`;
      const targets = ['linux', 'darwin', 'win32'].flatMap((os) =>
        ['x64', 'arm64'].map((cpu) => `{cpu: ${cpu}, os: ${os}}`),
      );
      const one = `{archive: tarball, bin: index.js, integrity: ${project.plantedHash}, type: binary, url: ${url}}`;
      const resolution = `{type: variations, variants: [{resolution: ${one}, targets: [${targets.join(', ')}]}]}`;
      return {
        files: project.lockfileOnly(pnpmAlpha(project, { version: '1.0.0', key: 'alpha@1.0.0', resolution })),
        token: { path: project.lockfilePath, text: [url, 'variations', 'alpha@1.0.0', resolution] },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-resolution-name',
    title: 'Another package as the resolution of an entry, hash removed',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'yarn-berry',
    plant: (project) => ({
      files: project.lockfileOnly(
        project
          .withEntry('alpha', { integrity: null })
          .replace('resolution: "alpha@npm:1.0.0"', 'resolution: "evil@npm:1.0.0"'),
      ),
      token: { path: project.lockfilePath, text: 'evil@npm:1.0.0' },
      mention: 'alpha',
    }),
  },
  {
    id: 'source-resolution-url',
    title: 'A URL as the resolution of an entry',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'yarn-berry',
    plant: (project) => {
      const text = `alpha@${EVIL}alpha-1.0.0.tgz`;
      return {
        files: project.lockfileOnly(
          project
            .withEntry('alpha', { integrity: null })
            .replace('resolution: "alpha@npm:1.0.0"', `resolution: "${text}"`),
        ),
        token: { path: project.lockfilePath, text: [text, `${EVIL}alpha-1.0.0.tgz`] },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-resolution-file',
    title: 'A folder as the resolution of an entry',
    scenario: 'registry',
    appliesTo: ({ family }) => family === 'yarn-berry',
    plant: (project) => {
      const text = 'alpha@portal:./docs/evil::locator=shop%40workspace%3A.';
      return {
        files: {
          ...PLANTED_FOLDER,
          ...project.lockfileOnly(
            project
              .withEntry('alpha', { integrity: null })
              .replace('resolution: "alpha@npm:1.0.0"', `resolution: "${text}"`)
              .replace(/("alpha@npm(?:.*\n)+? {2}linkType: )hard/, '$1soft'),
          ),
        },
        token: { path: project.lockfilePath, text },
        mention: 'alpha',
      };
    },
  },
  {
    id: 'source-version-alias',
    title: 'An alias as the version of an entry',
    scenario: 'registry',
    appliesTo: ({ lockfileVersion }) => lockfileVersion === 1,
    plant: (project) =>
      versionOf(project, 'npm:@evil/alpha@1.0.0', `${REGISTRY}@evil/alpha/-/alpha-1.0.0.tgz`),
  },
  {
    id: 'source-version-url',
    title: 'A URL as the version of an entry',
    scenario: 'registry',
    appliesTo: ({ lockfileVersion }) => lockfileVersion === 1,
    plant: (project) => versionOf(project, `${EVIL}alpha-1.0.0.tgz`, undefined),
  },
];

function versionOf(project: Project, version: string, resolved: string | undefined): Plant {
  return {
    files: project.lockfileOnly(
      editJson<NpmLockfile>(project.lockfile, ({ dependencies = {} }) => {
        const integrity = project.plantedHash;
        dependencies.alpha = { version, ...(resolved === undefined ? {} : { resolved }), integrity };
      }),
    ),
    token: {
      path: project.lockfilePath,
      text: [version, ...(resolved === undefined ? [] : [resolved]), 'alpha'],
    },
    mention: 'alpha',
  };
}
