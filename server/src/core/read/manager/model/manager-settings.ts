import type { Bunfig } from '../../config/bun/bunfig.ts';
import type { NpmConfig } from '../../config/npm/npm-config.ts';
import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../../config/yarn/yarnrc.ts';

/** The configuration files of a project, of all package managers, and the version of its own. */
export interface ManagerSettings {
  readonly manager: { readonly version: string | undefined };
  readonly npmConfig: NpmConfig;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** Nearest first. */
  readonly yarnrcs: readonly Yarnrc[];
  readonly bunfig: Bunfig | undefined;
}
