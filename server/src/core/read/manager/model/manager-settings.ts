import type { Bunfig } from '../../config/bun/bunfig.ts';
import type { NpmConfig } from '../../config/npm/npm-config.ts';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';

/** What a project's configuration says, whichever package manager reads it, and the version of its own. */
export interface ManagerSettings {
  readonly manager: { readonly version: string | undefined };
  readonly npmConfig: NpmConfig;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** The nearest first. */
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfig: Bunfig | undefined;
}
