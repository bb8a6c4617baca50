import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockedFor } from '../../../formats/example-project.ts';
import { FORMATS } from '../../../formats/lockfile-formats.ts';
import { openFiles } from '../../../workspace.ts';

interface Row {
  /** Undefined if nothing states the version. */
  readonly manager: string | undefined;
  readonly format: string;
  /** False if no setting of this version decides on single packages. */
  readonly isDecidable?: false;
  readonly says: string;
  readonly files?: Readonly<Record<string, string>>;
}

const IGNORE = 'or install with ignore-scripts.';
const LISTS = 'Add it to onlyBuiltDependencies or ignoredBuiltDependencies.';

/** What each version does with the install script of a dependency that the project's files do not decide on. */
const TABLE: readonly Row[] = [
  {
    manager: 'npm@10.9.4',
    format: 'npm-3',
    isDecidable: false,
    says: `npm 10 will run it. npm reads allowScripts since 11.16: update npm, ${IGNORE}`,
  },
  {
    manager: 'npm@11.15.0',
    format: 'npm-3',
    isDecidable: false,
    says: `npm 11.15 will run it. npm reads allowScripts since 11.16: update npm, ${IGNORE}`,
  },
  {
    manager: 'npm@11.16.0',
    format: 'npm-3',
    says: 'npm 11.16 will run it with a notice. Approve or deny it in allowScripts.',
  },
  {
    manager: 'npm@11.21.2',
    format: 'npm-3',
    says: 'npm 11.21 will run it with a notice. Approve or deny it in allowScripts.',
  },
  {
    manager: 'npm@11.21.2',
    format: 'npm-3',
    files: { '.npmrc': 'strict-allow-scripts=true\n' },
    says: 'strict-allow-scripts makes the install fail. Approve or deny it in allowScripts.',
  },
  {
    manager: 'npm@12.2.0',
    format: 'npm-3',
    says: 'npm 12 will skip it. Approve or deny it in allowScripts.',
  },
  {
    manager: 'npm@12.2.0',
    format: 'npm-3',
    files: { '.npmrc': 'dangerously-allow-all-scripts=true\n' },
    says: 'npm 12 will run it. Approve or deny it in allowScripts.',
  },
  {
    manager: 'pnpm@8.15.9',
    format: 'pnpm-6.0',
    says: 'pnpm 8 will run it. Deny it in pnpm.neverBuiltDependencies, or list all that may run in pnpm.onlyBuiltDependencies.',
  },
  {
    manager: 'pnpm@9.15.9',
    format: 'pnpm-9.0',
    says: 'pnpm 9 will run it. Deny it in pnpm.neverBuiltDependencies, or list all that may run in pnpm.onlyBuiltDependencies.',
  },
  { manager: 'pnpm@10.0.0', format: 'pnpm-9.0', says: `pnpm 10 will skip it with a warning. ${LISTS}` },
  { manager: 'pnpm@10.25.0', format: 'pnpm-9.0', says: `pnpm 10 will skip it with a warning. ${LISTS}` },
  {
    manager: 'pnpm@10.33.0',
    format: 'pnpm-9.0',
    says: 'pnpm 10 will skip it with a warning. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'pnpm@10.33.0',
    format: 'pnpm-9.0',
    files: { 'pnpm-workspace.yaml': 'strictDepBuilds: true\n' },
    says: 'pnpm 10 fails the install. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'pnpm@11.0.0',
    format: 'pnpm-9.0',
    says: 'pnpm 11 fails the install. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'pnpm@12.21.0',
    format: 'pnpm-9.0',
    says: 'pnpm 12 fails the install. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'pnpm@12.21.0',
    format: 'pnpm-9.0',
    files: { 'pnpm-workspace.yaml': 'strictDepBuilds: false\n' },
    says: 'pnpm 12 will skip it with a warning. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'pnpm@12.21.0',
    format: 'pnpm-9.0',
    files: { 'pnpm-workspace.yaml': 'dangerouslyAllowAllBuilds: true\n' },
    says: 'pnpm 12 will run it. Approve or deny it in allowBuilds.',
  },
  {
    manager: 'yarn@1.22.22',
    format: 'yarn-1',
    isDecidable: false,
    says: `Yarn 1 will run it. Yarn 1 runs all scripts or none: review each, ${IGNORE}`,
  },
  {
    manager: 'yarn@2.4.3',
    format: 'yarn-berry-4',
    says: 'Yarn 2 will run it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'yarn@3.8.7',
    format: 'yarn-berry-6',
    says: 'Yarn 3 will run it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'yarn@4.13.0',
    format: 'yarn-berry-8',
    says: 'Yarn 4.13 will run it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'yarn@4.14.0',
    format: 'yarn-berry-8',
    says: 'Yarn 4.14 will skip it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'yarn@4.18.1',
    format: 'yarn-berry-8',
    says: 'Yarn 4.18 will skip it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'yarn@4.18.1',
    format: 'yarn-berry-8',
    files: { '.yarnrc.yml': 'enableScripts: true\n' },
    says: 'Yarn 4.18 will run it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: undefined,
    format: 'yarn-1',
    isDecidable: false,
    says: `Yarn 1 will run it. Yarn 1 runs all scripts or none: review each, ${IGNORE}`,
  },
  {
    manager: undefined,
    format: 'yarn-berry-8',
    says: 'Yarn before 4.14 will run it. Approve or deny it in dependenciesMeta.',
  },
  {
    manager: 'bun@1.4.5',
    format: 'bun-1',
    says: 'Bun 1 will skip it. Add it to trustedDependencies if it may run.',
  },
];

const REGISTRY = {
  native: {
    versions: { '1.0.0': { scripts: { postinstall: 'node setup.js' }, hasInstallScript: true } },
    time: { created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z' },
  },
};

describe('what becomes of an install script', () => {
  for (const { manager, format, files = {}, isDecidable = true, says } of TABLE) {
    test(`${manager ?? `unknown version, ${format}`}${Object.keys(files).map((file) => ` with ${file}`)}`, async () => {
      const script = isDecidable ? 'an unreviewed install script' : 'an install script';
      assert.deepEqual(await messages(manager, format, files), [`native 1.0.0 has ${script}, and ${says}`]);
    });
  }
});

async function messages(
  packageManager: string | undefined,
  format: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const { file, write } = FORMATS.find(({ id }) => id === format)!;
  const declared = { native: '1.0.0' };
  const trusted = packageManager?.startsWith('bun') === true ? { trustedDependencies: [] } : {};
  const manifest = { name: 'shop', packageManager, dependencies: declared, ...trusted };
  const locked = [{ ...lockedFor('native', '1.0.0'), hasInstallScript: true }];
  const lockfile = write({ manifest, declared, locked, files: new Map() });
  const all = { ...files, 'package.json': JSON.stringify(manifest), [file]: lockfile };
  const workspace = await openFiles(new Map(Object.entries(all)), { registry: REGISTRY });
  return workspace.findings('install-script-unreviewed').map(({ message }) => message);
}
