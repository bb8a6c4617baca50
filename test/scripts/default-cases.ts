import type { Manager } from '../attacks/managers.ts';

/** What a package manager does without settings. */
export interface DefaultCase {
  readonly manager: Manager;
  /** Whether a version that is an hour old is installed where an older one fits. */
  readonly takesYoung: boolean;
  /** Whether a version without a publication time is installed with a cooldown of 3 days; null without such a setting. */
  readonly takesUndated: boolean | null;
  /** The installs of a package from elsewhere that another one pulls in. */
  readonly fromUrl: Exotic;
  readonly fromGit: Exotic;
}

/** refused if new: an install without a lockfile fails; refused: one from a lockfile that has it fails too. */
export type Exotic = 'installed' | 'refused if new' | 'refused';

type Rest = Partial<Omit<DefaultCase, 'manager'>>;

function one(id: string, family: Manager['family'], spec: string, rest: Rest = {}): DefaultCase {
  const open = { takesYoung: true, takesUndated: null, fromUrl: 'installed', fromGit: 'installed' } as const;
  return { manager: { id, family, spec }, ...open, ...rest };
}

const BLOCKED = { fromUrl: 'refused if new', fromGit: 'refused if new' } as const;

export const DEFAULTS: readonly DefaultCase[] = [
  one('npm 10', 'npm', 'npm@10'),
  one('npm 11.15', 'npm', 'npm@~11.15.0', { takesUndated: true }),
  one('npm 11', 'npm', 'npm@11', { takesUndated: true }),
  one('npm 12', 'npm', 'npm@12', { takesUndated: true, fromUrl: 'refused', fromGit: 'refused' }),
  one('pnpm 9', 'pnpm', 'pnpm@9'),
  one('pnpm 10', 'pnpm', 'pnpm@10', { takesUndated: false }),
  one('pnpm 11', 'pnpm', 'pnpm@11', { takesYoung: false, takesUndated: true, ...BLOCKED }),
  one('pnpm 12', 'pnpm', 'pnpm@12', { takesYoung: false, takesUndated: true, ...BLOCKED }),
  one('Yarn 1', 'yarn-classic', 'yarn@1.22.22'),
  one('Yarn 2', 'yarn-berry', '@yarnpkg/cli-dist@2'),
  one('Yarn 3', 'yarn-berry', '@yarnpkg/cli-dist@3'),
  one('Yarn 4.13', 'yarn-berry', '@yarnpkg/cli-dist@~4.13.0', { takesUndated: false }),
  one('Yarn 4.14', 'yarn-berry', '@yarnpkg/cli-dist@~4.14.0', { takesUndated: false, fromGit: 'refused' }),
  one('Yarn 4', 'yarn-berry', '@yarnpkg/cli-dist@4', {
    ...{ takesYoung: false, takesUndated: false, fromGit: 'refused' },
  }),
  one('Bun 1', 'bun', 'bun@1', { takesUndated: true }),
];
