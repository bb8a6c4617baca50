import {
  CancellationToken as Cancellation,
  type CancellationToken,
  type ExecuteCommandParams,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { visibleText } from '../core/read/text/words/visible-text.ts';
import type { ServerState } from './server-state.ts';

export interface ShownProgress {
  readonly reporter: Pick<WorkDoneProgressReporter, 'begin' | 'report' | 'done'> | undefined;
  /** Cancelled by the user in the progress itself. */
  readonly token: CancellationToken;
}

/** Shows progress on the client's own token if it sent one, or else on a token created for it. */
export async function beginProgress(
  server: ServerState,
  params: ExecuteCommandParams,
): Promise<ShownProgress> {
  const { window } = server.connection;
  if (params.workDoneToken !== undefined) {
    const reporter = visibleProgress(window.attachWorkDoneProgress(params.workDoneToken));
    return { reporter, token: Cancellation.None };
  }
  if (!server.abilities.showsProgress) return { reporter: undefined, token: Cancellation.None };
  const reporter = await window.createWorkDoneProgress();
  return { reporter: visibleProgress(reporter), token: reporter.token };
}

function visibleProgress(reporter: WorkDoneProgressReporter): ShownProgress['reporter'] {
  return {
    begin: (title, percentage, message, cancellable) =>
      reporter.begin(visibleText(title), percentage, message && visibleText(message), cancellable),
    report(shown: number | string, message?: string) {
      if (typeof shown === 'string') reporter.report(visibleText(shown));
      else if (message === undefined) reporter.report(shown);
      else reporter.report(shown, visibleText(message));
    },
    done: () => reporter.done(),
  };
}
