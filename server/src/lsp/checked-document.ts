import type { CheckedFile } from '../core/read/project/checked-file.ts';
import { canonicalUri, type Uri } from '../core/read/text/paths/uri.ts';
import type { ProjectSnapshot, Snapshot } from '../engine/session.ts';
import { ensureProject } from './ensure-project.ts';
import { isChecked } from './open-documents.ts';
import type { ServerState } from './server-state.ts';
import { settle } from './settle.ts';

/** A checked file at one revision, with its project. */
export interface CheckedDocument {
  readonly uri: Uri;
  readonly file: CheckedFile;
  readonly owner: ProjectSnapshot;
  readonly snapshot: Snapshot;
}

/**
 * Returns what a request about a document is answered from, with its project loaded and queued changes applied.
 * Undefined for a file that is not checked or cannot be read.
 * @param options.advisories whether the answer is about advisories and has to wait for them
 */
export async function checkedDocument(
  server: ServerState,
  clientUri: string,
  token: { readonly isCancellationRequested: boolean },
  { advisories = false } = {},
): Promise<CheckedDocument | undefined> {
  const uri = canonicalUri(clientUri);
  if (!isChecked(uri)) return undefined;
  await server.settled;
  await settle(server.timers, server.documents, () => token.isCancellationRequested);
  if (token.isCancellationRequested) return undefined;
  await ensureProject(server, uri);
  if (advisories) server.session.openAdvisories();
  const snapshot = server.session.snapshot();
  const owner = snapshot.projectOf(uri);
  const file = owner?.files.get(uri);
  return owner === undefined || file === undefined ? undefined : { uri, file, owner, snapshot };
}
