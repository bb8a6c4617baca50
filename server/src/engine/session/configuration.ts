import { type TrustedFolders, trustOf } from '../../core/read/project/folder-trust.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../settings.ts';

/** The settings and the open folders of a session, and the trust that follows from both. */
export interface Configuration {
  settings: EngineSettings;
  folders: readonly Uri[];
  readonly trustedFolders: TrustedFolders;
  isTrusted(folder: Uri): boolean;
  /** The settings as they count in a project. */
  settingsFor(project: Project): EngineSettings;
}

export function createConfiguration(): Configuration {
  let settings: EngineSettings = DEFAULT_SETTINGS;
  let folders: readonly Uri[] = [];
  let trustedFolders = trustedBy(settings, folders);
  return {
    get settings() {
      return settings;
    },
    set settings(next) {
      settings = next;
      trustedFolders = trustedBy(settings, folders);
    },
    get folders() {
      return folders;
    },
    set folders(next) {
      folders = next;
      trustedFolders = trustedBy(settings, folders);
    },
    get trustedFolders() {
      return trustedFolders;
    },
    isTrusted: (folder) => trustOf(folder, trustedFolders) !== 'untrusted',
    settingsFor: ({ trust }) => ({ ...settings, trusted: trust !== 'untrusted' }),
  };
}

function trustedBy(settings: EngineSettings, folders: readonly Uri[]): TrustedFolders {
  const open = settings.trusted ? folders : [];
  return {
    folders: [...new Set([...open, ...(settings.trustedFolders ?? [])])],
    withProjectAround: settings.trustsProjectAround === true,
  };
}
