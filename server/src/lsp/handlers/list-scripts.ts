import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { plural } from '../../core/read/text/words/words.ts';
import { collectScripts } from '../../engine/session/collect-scripts.ts';
import { signalOf } from '../abort-signal.ts';
import type { ScriptsResult } from '../messages.ts';
import { NO_PROJECTS } from '../no-projects.ts';
import { beginProgress } from '../progress.ts';
import { type ListedProject, scriptGroups, scriptsSummary } from '../script-groups.ts';
import type { ServerState } from '../server-state.ts';

/**
 * Lists the packages with install scripts of all projects, those to decide on first. Cancelling it skips the registries
 * that have not answered. Nothing is executed.
 */
export async function listScripts(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<ScriptsResult> {
  const { session, ports, folders } = server;
  await server.settled;
  const progress = await beginProgress(server, params);
  const signal = signalOf(token, progress.token);
  const listed: ListedProject[] = [];
  try {
    progress.reporter?.begin('Looking for install scripts', undefined, undefined, true);
    for (const folder of folders) await session.loadFolder(folder, undefined, signal);
    session.openAdvisories();
    const snapshot = session.snapshot();
    for (const owner of snapshot.projects) {
      const report = await collectScripts(session, ports.files, owner, {
        isAsking: true,
        signal,
        onAnswer: (done, of) => progress.reporter?.report(`${done} of ${plural(of, 'package')}`),
      });
      listed.push({ owner, report, snapshot });
    }
  } finally {
    progress.reporter?.done();
  }
  if (listed.length === 0) return { problem: NO_PROJECTS };
  const summary = scriptsSummary(listed);
  const groups = scriptGroups(server, listed);
  const isEmpty = groups.every(({ entries }) => entries.every(({ choices }) => choices.length === 0));
  if (!isEmpty) return { summary, groups };
  const gaps = groups.flatMap(({ entries }) => entries.map(({ detail }) => ` ${detail}`));
  return { problem: `${summary}${gaps.join('')}` };
}
