import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Ports } from '../engine/ports.ts';
import type { Session } from '../engine/session.ts';
import type { ClientAbilities } from './client-abilities.ts';
import type { ClientSettings } from './client-settings.ts';
import type { Log } from './guard.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Reports } from './reports.ts';
import type { RunningLog } from './running-log.ts';
import type { Timers } from './timers.ts';
import type { ToProto } from './to-proto.ts';

/** The state shared by the handlers of one connection. */
export interface ServerState {
  readonly connection: Connection;
  readonly session: Session;
  readonly ports: Ports;
  readonly timers: Timers;
  readonly documents: OpenDocuments;
  readonly proto: ToProto;
  readonly reports: Reports;
  readonly log: Log;
  readonly running: RunningLog;
  readonly version: string;
  readonly runtime: string;
  /** Called with the open folders, for ports that are limited to them. */
  onFolders(folders: readonly Uri[]): void;
  /** Set by the initialize request, before which the client sends nothing else. */
  abilities: ClientAbilities;
  folders: readonly Uri[];
  clientSettings: ClientSettings;
  /** The settings of each open folder, if there are several. Only those of rules may differ. */
  folderSettings: ReadonlyMap<Uri, ClientSettings>;
  /** Whether the open folders are trusted. */
  trusted: boolean;
  /** Folders that are trusted by name, open or not. */
  trustedFolders: readonly Uri[];
  /** The last configuration of the session; an equal one is no change. */
  settingsKey: string;
  /** Resolves when the client's settings are known, or did not arrive in time. */
  settled: Promise<unknown>;
  /** Whether the user had every project below the open folders loaded. */
  workspaceChecked: boolean;
  /** The number of long tasks in progress. */
  working: number;
  /** Fired when a document was opened, changed or closed: the client itself knows that diagnoses may differ. */
  readonly edited: Listeners<void>;
  /**
   * Fired when something else changed that diagnoses or the status depend on: settings, trust, facts, files on disk.
   */
  readonly changed: Listeners<void>;
  /** Fired when sources changed on disk, if the client was asked to report that. */
  readonly sourcesChanged: Listeners<void>;
  /** Fired when a package manager wrote its record of an install. */
  readonly installed: Listeners<void>;
  /** Fired when the client requested the shutdown: nothing new must be started. */
  readonly ended: Listeners<void>;
}

export interface Listeners<T> {
  add(listener: (event: T) => void): void;
  call(event: T): void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners: ((event: T) => void)[] = [];
  return {
    add(listener) {
      listeners.push(listener);
    },
    call(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
