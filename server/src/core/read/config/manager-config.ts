import type { Bunfig } from './bun/bunfig.ts';
import type { PnpmWorkspace } from './pnpm/pnpm-workspace.ts';
import type { Yarnrc } from './yarn/yarnrc.ts';

/** The files of package managers other than npm that a project's installation reads, as far as they exist. */
export interface ManagerConfig {
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** The nearest first, the user's own last. */
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfig: Bunfig | undefined;
  /** The user's .bunfig.toml. */
  readonly userBunfig: Bunfig | undefined;
}
