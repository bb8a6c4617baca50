import type { Connection } from 'vscode-languageserver';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { isKnownFile } from '../engine/known-files.ts';
import type { DirectoryItem, FilesPort, ReadResult } from '../engine/ports.ts';
import type { ClientAbilities } from './client-abilities.ts';
import {
  CHECK_EDIT_REQUEST,
  type ClientFile,
  type ClientItem,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
  type ReadFileParams,
} from './messages.ts';

const MAX_BYTES = 50 * 1024 * 1024;
const MANIFEST = 'package.json';

/**
 * Adds the client's file system to a port: files of virtual workspaces, and in a browser all files, are read by the
 * client. It cannot say where a link leads, so none is followed.
 *
 * @param isOfClient whether the client reads this file
 */
export function withClientFiles(
  files: FilesPort,
  connection: Connection,
  isOfClient: (uri: Uri) => boolean,
): FilesPort {
  const client = createClientFiles(connection);
  const portOf = (uri: Uri) => (isOfClient(uri) ? client : files);
  return {
    read: (uri) => portOf(uri).read(uri),
    list: (directory) => portOf(directory).list(directory),
    editProblem: async (uri) => portOf(uri).editProblem?.(uri),
  };
}

/** Checks whether the client reads a file for the server. */
export function isReadByClient({ readsFiles }: Pick<ClientAbilities, 'readsFiles'>, uri: Uri): boolean {
  return readsFiles === 'all' || (readsFiles === 'virtual' && !uri.startsWith('file:'));
}

function createClientFiles(connection: Connection): FilesPort {
  return {
    async read(uri) {
      const params: ReadFileParams = { uri, maxBytes: MAX_BYTES };
      try {
        return readResult(await connection.sendRequest<ClientFile>(READ_FILE_REQUEST, params));
      } catch {
        return { type: 'refused', reason: 'cannot be read by the editor' };
      }
    },
    async list(uri) {
      try {
        const items = await connection.sendRequest<readonly ClientItem[] | null>(LIST_FOLDER_REQUEST, {
          uri,
        });
        return items?.flatMap(itemsOf).sort((a, b) => (a.name < b.name ? -1 : 1));
      } catch {
        return undefined;
      }
    },
    async editProblem(uri) {
      try {
        return (await connection.sendRequest<string | null>(CHECK_EDIT_REQUEST, { uri })) ?? undefined;
      } catch {
        return 'cannot be looked at';
      }
    },
  };
}

function readResult(file: ClientFile): ReadResult {
  if (file.type !== 'text') return file;
  if (file.text.includes('\0')) return { type: 'refused', reason: 'contains NUL bytes' };
  return file;
}

/** Returns what a listing has of an item, as `DirectoryItem` describes it. */
function itemsOf({ name, type, isLink }: ClientItem): readonly DirectoryItem[] {
  const own = isLink ? undefined : type;
  if (isKnownFile(name)) return [{ name, type: 'file' }];
  if (name === MANIFEST && own !== 'file') return [{ name, type: 'unfollowed' }];
  if (own !== undefined) return [{ name, type: own }];
  return type === 'directory' ? [{ name, type: 'outside' }] : [];
}
