import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Ports } from '../engine/ports.ts';
import type { Session } from '../engine/session.ts';
import type { ClientAbilities } from './client-abilities.ts';
import type { ClientSettings } from './client-settings.ts';
import type { Log } from './guard.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Reports } from './reports.ts';
import type { Timers } from './timers.ts';
import type { ToProto } from './to-proto.ts';

/** What the handlers of one connection share. */
export interface ServerState {
  readonly connection: Connection;
  readonly session: Session;
  readonly ports: Ports;
  readonly timers: Timers;
  readonly documents: OpenDocuments;
  readonly proto: ToProto;
  readonly reports: Reports;
  readonly log: Log;
  readonly version: string;
  /** Told which folders are open, for ports that are bound to them. */
  onFolders(folders: readonly Uri[]): void;
  /** Set by the initialize request, before which the client sends nothing else. */
  abilities: ClientAbilities;
  folders: readonly Uri[];
  clientSettings: ClientSettings;
  /** Whether the folders that are open are trusted. */
  trusted: boolean;
  /** Those that are trusted by name, open or not. */
  trustedFolders: readonly Uri[];
  /** What the session was configured with last: the same again is no change. */
  settingsKey: string;
  /** Resolves when the client's settings are known, or were not given in time. */
  settled: Promise<unknown>;
  /** Whether the user had every project below the opened folders loaded. */
  workspaceChecked: boolean;
  /** How many long tasks are under way. */
  working: number;
  /** A document was opened, changed or closed: diagnoses may differ, which the client knows itself. */
  readonly edited: Listeners<void>;
  /** Something else changed that diagnoses or the status depend on: settings, trust, facts, files on the disk. */
  readonly changed: Listeners<void>;
  /** The client asked for the end: nothing is to be begun any more. */
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
