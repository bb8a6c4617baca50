import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CHECK_EDIT_REQUEST,
  type ClientFile,
  type ClientItem,
  type FileParams,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
  type ReadFileParams,
} from '../../server/src/lsp/messages.ts';

/** Reads and lists files for the server, with the file systems that VS Code has: those of virtual workspaces too. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest<ClientFile, never>(READ_FILE_REQUEST, readFile);
  client.onRequest(LIST_FOLDER_REQUEST, listFolder);
  client.onRequest(CHECK_EDIT_REQUEST, checkEdit);
}

const LINK = 'is a symbolic link, which is not followed here';

async function readFile({ uri, maxBytes }: ReadFileParams): Promise<ClientFile> {
  const file = vscode.Uri.parse(uri);
  try {
    const { type, size } = await vscode.workspace.fs.stat(file);
    if (isLink(type)) return { type: 'refused', reason: LINK };
    if ((type & vscode.FileType.File) === 0) return { type: 'refused', reason: 'is not a regular file' };
    if (size > maxBytes) return { type: 'refused', reason: tooLarge(maxBytes) };
    const bytes = await vscode.workspace.fs.readFile(file);
    if (bytes.length > maxBytes) return { type: 'refused', reason: tooLarge(maxBytes) };
    return { type: 'text', text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return isMissing(error) ? { type: 'missing' } : { type: 'refused', reason: 'cannot be read' };
  }
}

async function listFolder({ uri }: FileParams): Promise<readonly ClientItem[] | null> {
  try {
    const items = await vscode.workspace.fs.readDirectory(vscode.Uri.parse(uri));
    return items.map(([name, type]) => ({ name, type: typeOf(type), isLink: isLink(type) }));
  } catch {
    return null;
  }
}

async function checkEdit({ uri }: FileParams): Promise<string | null> {
  const file = vscode.Uri.parse(uri);
  if (vscode.workspace.fs.isWritableFileSystem(file.scheme) === false) return 'cannot be written';
  try {
    if (await isBehindLink(file)) return 'lies behind a symbolic link';
    const { type, permissions } = await vscode.workspace.fs.stat(file);
    if (isLink(type)) return 'is a symbolic link';
    if ((type & vscode.FileType.File) === 0) return 'is not a regular file';
    return permissions === vscode.FilePermission.Readonly ? 'cannot be written' : null;
  } catch (error) {
    return isMissing(error) ? null : 'cannot be looked at';
  }
}

/** Checks the folders between a file and the open folder that contains it. */
async function isBehindLink(file: vscode.Uri): Promise<boolean> {
  const root = vscode.workspace.getWorkspaceFolder(file)?.uri.path;
  let folder = vscode.Uri.joinPath(file, '..');
  while (root !== undefined && folder.path.length > root.length) {
    if (isLink((await vscode.workspace.fs.stat(folder)).type)) return true;
    folder = vscode.Uri.joinPath(folder, '..');
  }
  return false;
}

function isLink(type: vscode.FileType): boolean {
  return (type & vscode.FileType.SymbolicLink) !== 0;
}

function typeOf(type: vscode.FileType): ClientItem['type'] {
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return (type & vscode.FileType.Directory) === 0 ? undefined : 'directory';
}

function tooLarge(maxBytes: number): string {
  return `is larger than ${Math.floor(maxBytes / (1024 * 1024))} MB`;
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
