import { checkStatus } from '../check-status.ts';
import { isReadByClient } from '../client-files.ts';
import { guardWork } from '../guard.ts';
import { STATUS_NOTIFICATION, type StatusParams } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { coalesce, settle } from '../settle.ts';
import { trustsAnything } from '../trusted-folders.ts';
import { visibleAnswer } from '../visible-answer.ts';

/** The start of many gaps, and of each gap in the log. */
const NOT_CHECKED = 'Not checked: ';

/** Returns the state of the check over everything loaded. */
export function statusOf(server: ServerState): StatusParams {
  const { session, documents } = server;
  return checkStatus({
    snapshot: session.snapshot(),
    folders: server.folders,
    working: server.working > 0,
    trusted: trustsAnything(server),
    online: server.clientSettings.online,
    uncompared: session.uncompared(),
    now: server.ports.clock.now(),
    isOpen: (uri) => documents.get(uri) !== undefined,
    isReadByClient: (uri) => isReadByClient(server.abilities, uri),
  });
}

/** Sends the status to clients that show it, after diagnostics and only if it changed. */
export function handleStatus(server: ServerState): void {
  const { connection, timers, documents, log, running } = server;
  let last = '';

  const send = coalesce(
    guardWork(log, STATUS_NOTIFICATION, async () => {
      await server.settled;
      await settle(timers, documents);
      const status = visibleAnswer(statusOf(server));
      const text = JSON.stringify(status);
      if (text === last) return;
      last = text;
      logGaps(status);
      await connection.sendNotification(STATUS_NOTIFICATION, status);
    }),
  );

  let logged: ReadonlySet<string> = new Set();
  const logGaps = ({ gaps, working }: StatusParams) => {
    // What answers on their way may close is no gap yet.
    if (working) return;
    for (const gap of gaps) {
      if (!logged.has(gap)) running.info(gap.startsWith(NOT_CHECKED) ? gap : `${NOT_CHECKED}${gap}`);
    }
    logged = new Set(gaps);
  };

  const sendIfShown = () => {
    if (server.abilities.showsStatus) send();
  };
  server.edited.add(sendIfShown);
  server.changed.add(sendIfShown);
}
