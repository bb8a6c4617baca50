import type { ExampleProject, Locked } from './example-project.ts';
import { writeBerry } from './write-berry.ts';
import { writeBun } from './write-bun.ts';
import { type NpmVersion, writeNpm } from './write-npm.ts';
import { writePnpm } from './write-pnpm.ts';
import { writeYarnClassic } from './write-yarn-classic.ts';

/** A lockfile format, with what makes its package manager the detected one. */
export interface LockfileFormat {
  readonly id: string;
  /** The name in the table. */
  readonly title: string;
  readonly file: string;
  /** The value of `packageManager`. */
  readonly manager: string;
  write(project: ExampleProject): string;
}

const npm = (version: NpmVersion, manager: string): LockfileFormat => ({
  id: `npm-${version}`,
  title: `npm v${version}`,
  file: 'package-lock.json',
  manager,
  write: (project) => writeNpm(project, version),
});

const shrinkwrap = (version: NpmVersion, manager: string): LockfileFormat => ({
  ...npm(version, manager),
  id: `shrinkwrap-${version}`,
  title: `shrinkwrap v${version}`,
  file: 'npm-shrinkwrap.json',
});

const pnpm = (version: string, manager: string): LockfileFormat => ({
  id: `pnpm-${version}`,
  title: `pnpm ${version}`,
  file: 'pnpm-lock.yaml',
  manager,
  write: (project) => writePnpm(project, version),
});

const berry = (version: number, manager: string): LockfileFormat => ({
  id: `yarn-berry-${version}`,
  title: `Yarn v${version}`,
  file: 'yarn.lock',
  manager,
  write: (project) => writeBerry(project, version),
});

const bun = (version: number): LockfileFormat => ({
  id: `bun-${version}`,
  title: `Bun v${version}`,
  file: 'bun.lock',
  manager: 'bun@1.4.5',
  write: (project) => writeBun(project, version),
});

/** Every lockfile format with a reader, in each version that differs. */
export const FORMATS: readonly LockfileFormat[] = [
  npm(1, 'npm@6.14.18'),
  npm(2, 'npm@8.19.4'),
  npm(3, 'npm@11.19.1'),
  npm(4, 'npm@12.0.1'),
  shrinkwrap(1, 'npm@6.14.18'),
  shrinkwrap(2, 'npm@8.19.4'),
  shrinkwrap(3, 'npm@11.19.1'),
  pnpm('5.1', 'pnpm@3.8.1'),
  pnpm('5.4', 'pnpm@7.33.7'),
  pnpm('6.0', 'pnpm@8.15.9'),
  pnpm('9.0', 'pnpm@10.26.0'),
  {
    id: 'yarn-1',
    title: 'Yarn 1',
    file: 'yarn.lock',
    manager: 'yarn@1.22.22',
    write: writeYarnClassic,
  },
  berry(4, 'yarn@2.4.3'),
  berry(6, 'yarn@3.8.7'),
  berry(8, 'yarn@4.9.4'),
  berry(10, 'yarn@4.18.1'),
  bun(0),
  bun(1),
  bun(3),
  { id: 'bun-binary', title: 'bun.lockb', file: 'bun.lockb', manager: 'bun@1.1.0', write: () => '\0bun' },
];

/** Returns the registry's own URL of a package. */
export function registryUrl({ name, version }: Locked, registry: string): string {
  return `${registry}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
}
