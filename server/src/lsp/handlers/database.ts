import type { CancellationToken, ExecuteCommandParams } from 'vscode-languageserver';
import { asClause } from '../../core/read/text/words/clause.ts';
import { describeIndex } from '../../core/show/report/database-text.ts';
import type { DatabaseUpdated } from '../../engine/ports.ts';
import { signalOf } from '../abort-signal.ts';
import { guardWork } from '../guard.ts';
import type { UpdateDatabaseResult } from '../messages.ts';
import { beginProgress } from '../progress.ts';
import type { ServerState } from '../server-state.ts';
import { trustsAnything } from '../trusted-folders.ts';

const TITLE = 'Updating the advisory database';
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
/** After a failure or a cancellation by the user. */
const PAUSE_MS = 6 * HOUR;

/** Fetches a new advisory database at the user's request. */
export async function updateDatabase(
  server: ServerState,
  params: ExecuteCommandParams,
  token: CancellationToken,
): Promise<UpdateDatabaseResult> {
  const { database, clock } = server.ports;
  if (database === undefined) return { type: 'failed', message: 'There is no folder for the database.' };
  const progress = await beginProgress(server, params);
  progress.reporter?.begin(TITLE, undefined, undefined, true);
  try {
    const done = await database.update({
      from: server.clientSettings.advisories.databaseFrom,
      signal: signalOf(token, progress.token),
      onProgress(message, done, total) {
        progress.reporter?.report(`${message} ${total === undefined ? done : `${done} of ${total}`}`);
      },
    });
    if (done.type === 'updated') {
      server.session.refresh();
      server.session.openAdvisories();
    }
    return { type: done.type, message: wordsOf(done, clock.now()) };
  } finally {
    progress.reporter?.done();
  }
}

function wordsOf(done: DatabaseUpdated, now: number): string {
  switch (done.type) {
    case 'updated':
      return `The advisory database is up to date: ${describeIndex(done, now)}.`;
    case 'unchanged':
      return `There is nothing newer than the advisory database: ${describeIndex(done, now)}.`;
    case 'failed':
      return `The advisory database was not updated: ${asClause(done.message)}.`;
    case 'cancelled':
      return 'The advisory database was not updated. The next update resumes the download.';
  }
}

const NOT_TRUSTED = `${TITLE}: skipped, as no open folder is trusted.`;

/**
 * Fetches a new database once a day if the user enabled that and trusts an open folder, and only while the
 * editor is in use.
 */
export function keepDatabaseFresh(server: ServerState): void {
  const { ports, log } = server;
  let isOn = false;
  let isExplained = false;
  let next = 0;

  const updateIfOld = guardWork(log, TITLE, async () => {
    const now = ports.clock.now();
    const checkedAt = await ports.database?.checkedAt();
    if (checkedAt !== undefined && checkedAt <= now && now < checkedAt + DAY) return;
    const { type, message } = await updateDatabase(server, { command: '' }, NEVER);
    if (type === 'updated' || type === 'unchanged') return;
    next = now + PAUSE_MS;
    log(message);
  });
  const look = () => {
    const { online, advisories } = server.clientSettings;
    const was = isOn;
    const isWanted = online && advisories.updateDatabase && ports.database !== undefined;
    isOn = isWanted && trustsAnything(server);
    if (isWanted && !isOn && !isExplained) log(NOT_TRUSTED);
    isExplained = isWanted && !isOn;
    const now = ports.clock.now();
    if (!isOn || (was && now < next)) return;
    next = now + HOUR;
    void updateIfOld();
  };
  server.changed.add(look);
  server.edited.add(look);
}

const NEVER: CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};
