import {
  CancellationToken as Cancellation,
  type CancellationToken,
  type ExecuteCommandParams,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import type { ServerState } from './server-state.ts';

export interface ShownProgress {
  readonly reporter: WorkDoneProgressReporter | undefined;
  /** Cancelled by the user's hand on the progress itself. */
  readonly token: CancellationToken;
}

/** On the client's own token where it sent one, else on one that it is asked to show. */
export async function beginProgress(
  server: ServerState,
  params: ExecuteCommandParams,
): Promise<ShownProgress> {
  const { window } = server.connection;
  if (params.workDoneToken !== undefined) {
    return { reporter: window.attachWorkDoneProgress(params.workDoneToken), token: Cancellation.None };
  }
  if (!server.abilities.showsProgress) return { reporter: undefined, token: Cancellation.None };
  const reporter = await window.createWorkDoneProgress();
  return { reporter, token: reporter.token };
}
