import { type DocumentFilter, workspace } from 'vscode';
import { CHECKED_NAMES, CHECKED_PATHS } from '../../server/src/lsp/messages.ts';

/**
 * The schemes of files, and not of what else is shown of them, such as a commit's. In remote windows it is `file` as
 * well; virtual workspaces have their own, and in a browser so has the demo, which is in our storage.
 */
const SCHEMES: ReadonlySet<string> = new Set([
  'file',
  'vscode-userdata',
  ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
]);

/** The documents that are synchronized with the server. */
export const DOCUMENT_SELECTOR: DocumentFilter[] = [...SCHEMES].flatMap((scheme) =>
  [...CHECKED_NAMES, ...CHECKED_PATHS].map((path) => ({ scheme, pattern: `**/${path}` })),
);
