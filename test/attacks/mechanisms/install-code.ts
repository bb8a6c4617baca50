import type { Base, Files } from '../base-project.ts';
import { MARKER } from '../marker-tarball.ts';
import type { Mechanism, Project } from '../mechanism.ts';

/** Written by planted code that runs. */
const PROOF = 'PROOF';
const WRITE = `require('node:fs').writeFileSync(require('node:path').join(__dirname, '${PROOF}'), '');`;

/** Selects one manager per lockfile format. */
function isOneOfEach({ manager, lockfileVersion }: Base): boolean {
  const isOne = ['npm 11', 'pnpm 10', 'Yarn 1', 'Yarn 4', 'Bun 1'].includes(manager);
  return isOne && lockfileVersion === undefined;
}

interface ChangedFile {
  readonly id: string;
  readonly title: string;
  readonly appliesTo: Mechanism['appliesTo'];
  readonly path: string;
  readonly honest: string;
  readonly planted: string;
  /** The path of the proof, from the root. */
  readonly proof: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The place that names the file; without one, the token is the file's first line. */
  readonly naming?: {
    readonly files: (project: Project) => Files;
    readonly path: string;
    readonly text: string;
  };
}

/** Creates a mechanism for an existing file that an install runs: the lockfile and all settings stay unchanged. */
function changedFile(changed: ChangedFile): Mechanism {
  const { path, honest, planted, naming } = changed;
  return {
    id: changed.id,
    title: changed.title,
    scenario: 'registry',
    appliesTo: changed.appliesTo,
    before: (project) => ({ ...naming?.files(project), [path]: honest }),
    installation: { proof: changed.proof, ...(changed.env === undefined ? {} : { env: changed.env }) },
    plant: () => ({
      files: { [path]: planted },
      token: naming ?? { path, text: planted.split('\n', 1)[0]! },
      mention: 'contents',
    }),
    // Other platforms have different line ends.
    honest: () => ({ [path]: honest.replaceAll('\n', '\r\n') }),
  };
}

function withMembers(project: Project, members: object): string {
  const manifest = JSON.parse(project.file('package.json')) as object;
  return `${JSON.stringify({ ...manifest, ...members }, undefined, 2)}\n`;
}

const RELEASE = '.yarn/releases/yarn.cjs';
const PLUGIN = '.yarn/plugins/acme.cjs';
const SETUP = 'tools/setup.cjs';

const yarnrc = (project: Project, lines: string) => ({
  '.yarnrc.yml': `${project.file('.yarnrc.yml')}${lines}`,
});
const noRelease = '// The release that is installed does the work.\nprocess.exit(0);\n';

/** Code of the repository itself that an install runs, links or leaves in place. */
export const INSTALL_CODE: readonly Mechanism[] = [
  changedFile({
    id: 'code-pnpmfile',
    title: 'Other code in .pnpmfile.cjs',
    appliesTo: ({ family }) => family === 'pnpm',
    path: '.pnpmfile.cjs',
    honest: 'module.exports = {};\n',
    planted: `${WRITE}\nmodule.exports = {};\n`,
    proof: PROOF,
  }),
  changedFile({
    id: 'code-yarn-path',
    title: 'Other code in the release that yarnPath names',
    appliesTo: ({ family }) => family === 'yarn-berry',
    path: RELEASE,
    honest: noRelease,
    planted: `${WRITE}\n`,
    proof: `.yarn/releases/${PROOF}`,
    env: { YARN_IGNORE_PATH: '0' },
    naming: {
      files: (project) => yarnrc(project, `yarnPath: ${RELEASE}\n`),
      path: '.yarnrc.yml',
      text: RELEASE,
    },
  }),
  changedFile({
    id: 'code-yarn-1-path',
    title: 'Other code in the release that yarn-path names',
    appliesTo: ({ family }) => family === 'yarn-classic',
    path: RELEASE,
    honest: noRelease,
    planted: `${WRITE}\n`,
    proof: `.yarn/releases/${PROOF}`,
    naming: { files: () => ({ '.yarnrc': `yarn-path "${RELEASE}"\n` }), path: '.yarnrc', text: RELEASE },
  }),
  changedFile({
    id: 'code-yarn-plugin',
    title: 'Other code in a plugin of Yarn',
    appliesTo: ({ family }) => family === 'yarn-berry',
    path: PLUGIN,
    honest: "module.exports = { name: 'acme', factory: () => ({}) };\n",
    planted: `${WRITE}\nmodule.exports = { name: 'acme', factory: () => ({}) };\n`,
    proof: `.yarn/plugins/${PROOF}`,
    naming: {
      files: (project) => yarnrc(project, `plugins:\n  - path: ${PLUGIN}\n    spec: "acme"\n`),
      path: '.yarnrc.yml',
      text: PLUGIN,
    },
  }),
  changedFile({
    id: 'code-script-file',
    title: 'Other code in the file that a lifecycle script runs',
    appliesTo: isOneOfEach,
    path: SETUP,
    honest: '// Nothing to do.\n',
    planted: `${WRITE}\n`,
    proof: `tools/${PROOF}`,
    naming: {
      files: (project) => ({
        'package.json': withMembers(project, { scripts: { postinstall: `node ${SETUP}` } }),
      }),
      path: 'package.json',
      text: `node ${SETUP}`,
    },
  }),
  {
    id: 'code-script',
    title: 'A lifecycle script of the root',
    scenario: 'registry',
    appliesTo: isOneOfEach,
    installation: { proof: PROOF },
    plant: (project) => ({
      files: { 'package.json': withMembers(project, { scripts: { postinstall: `echo > ${PROOF}` } }) },
      token: { path: 'package.json', text: 'postinstall' },
      mention: 'scripts.postinstall',
    }),
    honest: (project) => ({
      'package.json': withMembers(project, { scripts: { test: `echo > ${PROOF}` } }),
    }),
  },
  {
    id: 'code-node-modules',
    title: 'A package of a tracked node_modules, with the locked version',
    scenario: 'registry',
    appliesTo: (base) => base.family === 'npm' && isOneOfEach(base),
    before: () => TRACKED,
    installation: { args: ['install'] },
    plant: () => ({
      files: { [`node_modules/alpha/${MARKER}`]: 'planted\n' },
      token: { path: `node_modules/alpha/${MARKER}`, text: 'planted' },
      mention: 'contents',
    }),
    honest: () => ({ 'docs/node_modules.md': 'planted\n' }),
  },
  {
    id: 'code-member-name',
    title: 'A workspace member with the name of a registry package',
    scenario: 'registry',
    appliesTo: (base) => base.family === 'npm' && isOneOfEach(base),
    before: (project) => ({
      'package.json': withMembers(project, { workspaces: ['packages/*'] }),
      'package-lock.json': withLockedMember(project, 'helper'),
      ...memberNamed('helper'),
    }),
    installation: { args: ['install'] },
    plant: () => ({
      files: { ...memberNamed('alpha'), [`packages/a/${MARKER}`]: '' },
      token: { path: 'packages/a/package.json', text: 'alpha' },
      mention: 'alpha',
    }),
    honest: () => ({
      'packages/a/package.json': '{ "name": "helper", "version": "1.0.0", "description": "Helps" }\n',
    }),
  },
];

const TRACKED: Files = {
  'node_modules/alpha/package.json': '{ "name": "alpha", "version": "1.0.0", "main": "index.js" }\n',
  'node_modules/alpha/index.js': '\n',
};

/** Returns the lockfile as npm writes it for a member. npm up to 6 has no members. */
function withLockedMember({ files }: Parameters<NonNullable<Mechanism['before']>>[0], name: string): string {
  const lockfile = JSON.parse(files['package-lock.json']!) as { packages?: Record<string, object> };
  const { packages } = lockfile;
  if (packages !== undefined) {
    packages[''] = { ...packages[''], workspaces: ['packages/*'] };
    packages[`node_modules/${name}`] = { resolved: 'packages/a', link: true };
    packages['packages/a'] = { name, version: '1.0.0' };
  }
  return `${JSON.stringify(lockfile, undefined, 2)}\n`;
}

function memberNamed(name: string): Files {
  return { 'packages/a/package.json': `{ "name": "${name}", "version": "1.0.0" }\n` };
}
