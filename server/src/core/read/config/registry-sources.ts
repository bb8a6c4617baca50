import type { Uri } from '../text/paths/uri.ts';
import type { ManagerConfig } from './manager-config.ts';
import type { Environment } from './npm/expand-variables.ts';

export interface RegistrySources extends ManagerConfig {
  readonly manager: 'npm' | 'pnpm' | 'bun' | 'yarn';
  readonly yarn: 'classic' | 'berry' | undefined;
  readonly environment: Environment;
  /** Whether the project's own files may decide where requests go, and read the environment. */
  readonly trusted: boolean;
  /** The same for each of Yarn's files, which may lie above the root. Defaults to `trusted`. */
  readonly trustsFile?: ((uri: Uri) => boolean) | undefined;
}
