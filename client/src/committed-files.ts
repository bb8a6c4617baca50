import * as vscode from 'vscode';
import { type CommittedFile, type CommittedText, SERVER_COMMANDS } from '../../server/src/lsp/messages.ts';
import type { ServerHandle } from './server-handle.ts';

const SCHEME = 'dependency-hygiene-commit';

/** Provides the lockfiles of commits as read-only documents, with the server's git. */
export function provideCommittedFiles(server: ServerHandle): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ query }) {
      if (query === '') return '';
      const file = JSON.parse(query) as CommittedFile;
      const answer = await server.executeCommand(SERVER_COMMANDS.readCommitted, file);
      const read = answer as CommittedText | null;
      if (read === null) return '';
      if ('problem' in read) throw new Error(read.problem);
      return read.text;
    },
  });
}

/** Returns the document of a file in a commit. */
export function committedUri(file: CommittedFile): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: vscode.Uri.parse(file.uri).path,
    query: JSON.stringify(file),
  });
}

/** Returns an empty document with the name of a file, for a side that does not have it. */
export function absentUri(uri: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: vscode.Uri.parse(uri).path });
}
