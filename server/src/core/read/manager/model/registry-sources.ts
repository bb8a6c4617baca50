import type { ManagerConfig } from '../../config/manager-config.ts';
import type { Environment } from '../../config/npm/expand-variables.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { PackageManager } from '../package-manager.ts';

export interface RegistrySources extends ManagerConfig {
  readonly manager: PackageManager['name'];
  readonly generation: PackageManager['generation'];
  readonly environment: Environment;
  /** Whether the project's own files may decide where requests go, and read the environment. */
  readonly trusted: boolean;
  /** The same for each of Yarn's files, which may lie above the root. Defaults to `trusted`. */
  readonly trustsFile?: ((uri: Uri) => boolean) | undefined;
}
