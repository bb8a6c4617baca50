import type { Bunfig } from './bun/bunfig.ts';
import type { PnpmWorkspace } from './pnpm/pnpm-workspace.ts';
import type { Yarnrc } from './yarn/yarnrc.ts';

/** The files of package managers other than npm that an installation of the project reads, if they exist. */
export interface ManagerConfig {
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** Nearest first, the user's own last. */
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfig: Bunfig | undefined;
  readonly userBunfig: Bunfig | undefined;
}
