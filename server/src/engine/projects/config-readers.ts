import { isYamlAutomation } from '../../core/read/automation/automation.ts';
import { nameOf, type Uri } from '../../core/read/text/paths/uri.ts';

type ConfigReaders = typeof import('../../core/read/config-readers.ts');

const NEEDING: ReadonlySet<string> = new Set([
  'pnpm-workspace.yaml',
  '.yarnrc.yml',
  '.yarnrc',
  'bunfig.toml',
  '.bunfig.toml',
  'osv-scanner.toml',
]);

let loaded: ConfigReaders | undefined;
let loading: Promise<void> | undefined;

/** Checks whether a file can only be read with parsers that most projects do not need. */
export function needsConfigReaders(uri: Uri): boolean {
  return loaded === undefined && (NEEDING.has(nameOf(uri)) || isYamlAutomation(uri));
}

/** Loads the parsers once per process. Without them, such files count as unreadable. */
export function loadConfigReaders(): Promise<void> {
  loading ??= import('../../core/read/config-readers.ts').then(
    (readers) => {
      loaded = readers;
    },
    () => undefined,
  );
  return loading;
}

/** Returns undefined until such a file was loaded. */
export function configReaders(): ConfigReaders | undefined {
  return loaded;
}
