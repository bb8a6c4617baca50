import type { Yarnrc } from '../../config/yarn/yarnrc.ts';
import type { ManagerFiles } from '../model/files.ts';

/** The configuration files and their readers. A folder may contain both. */
export const YARNRC_FILES = [
  { name: '.yarnrc.yml', dialect: 'berry', reader: 'yarnrc' },
  { name: '.yarnrc', dialect: 'classic', reader: 'classicYarnrc' },
] as const satisfies readonly {
  readonly name: string;
  readonly dialect: Yarnrc['dialect'];
  readonly reader: string;
}[];

const NAMES = YARNRC_FILES.map(({ name }) => name);

/** Files of Yarn 2 and later. */
export const berryFiles: ManagerFiles = {
  lockfiles: [{ name: 'yarn.lock', kind: 'yarn', isBinary: false }],
  choose: () => ({ name: 'yarn.lock', isByVersion: false }),
  settings: NAMES,
  settingsKind: 'yarnrc',
  sign: '.yarnrc.yml',
  above: NAMES,
  readsEnvFiles: false,
  readsOutsideRoot: true,
  nearest: undefined,
};

/** Files of Yarn 1, which also reads the .npmrc of all folders above. */
export const classicFiles: ManagerFiles = { ...berryFiles, above: [...NAMES, '.npmrc'] };
