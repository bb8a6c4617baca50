import { MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { isWithheld, type UnavailableReason } from '../../core/know/registry/documents/fact.ts';
import { shownText } from '../../core/read/lockfile/model/shown-text.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { plural } from '../../core/read/text/words/words.ts';
import { eventSentence } from '../../core/show/watch/describe-event.ts';
import { roundSentence } from '../../core/show/watch/describe-round.ts';
import { type AbortSource, createAbortSource } from '../../engine/registry/abort-source.ts';
import { createWatchRecords } from '../../engine/watch/watch-records.ts';
import { type WatchedProject, watchRound } from '../../engine/watch/watch-round.ts';
import { createWatchSchedule } from '../../engine/watch/watch-schedule.ts';
import { guardNotification, guardWork } from '../guard.ts';
import { SHOW_LOG_NOTIFICATION, USE_NOTIFICATION, type UseParams } from '../messages.ts';
import type { ServerState } from '../server-state.ts';
import { trustsAnything } from '../trusted-folders.ts';

const TITLE = 'Watching dependencies';
/** Long enough that nobody is interrupted and no half typed name is sent. */
const QUIET_MS = 10_000;

/**
 * Checks the direct dependencies of the loaded projects every few hours if the user enabled that: only while the editor
 * is in use, online, and in trusted folders.
 */
export function watchDependencies(server: ServerState): void {
  const { ports, session, timers, connection, log } = server;
  const { clock } = ports;
  const schedule = createWatchSchedule(clock);
  const records = createWatchRecords(ports.cache, 'editor');
  let isOn = false;
  let inUse = true;
  let editedAt = 0;
  /** Whether a due round waits for the user to return, or for something to check. */
  let isHeldUp = false;
  let callOff = () => {};
  let running: AbortSource | undefined;

  const arm = (milliseconds: number) => {
    callOff = timers.after(milliseconds, wake);
  };
  const wake = () => {
    const quiet = editedAt + QUIET_MS - clock.now();
    if (!inUse || session.snapshot().projects.length === 0) isHeldUp = true;
    else if (quiet > 0 && quiet <= QUIET_MS) arm(quiet);
    else if (schedule.rest() > 0) arm(schedule.rest());
    else void look();
  };
  const resume = () => {
    if (!isHeldUp) return;
    isHeldUp = false;
    wake();
  };
  const look = guardWork(log, TITLE, async () => {
    const source = createAbortSource();
    running = source;
    let hasLooked = false;
    try {
      const round = await watchRound({ session, clock, records, signal: source.signal });
      if (round === undefined || source.signal.aborted) return;
      hasLooked = tell(server, round.projects);
      await round.keep();
    } finally {
      if (running === source) {
        running = undefined;
        schedule.ended(hasLooked);
        arm(schedule.rest());
      }
    }
  });
  const stop = () => {
    callOff();
    isHeldUp = false;
    running?.abort();
    running = undefined;
  };
  const follow = () => {
    const was = isOn;
    isOn = server.clientSettings.watch && server.clientSettings.online && trustsAnything(server);
    if (was && !isOn) stop();
    if (!was && isOn) {
      schedule.start();
      arm(schedule.rest());
    }
    resume();
  };

  server.changed.add(follow);
  server.edited.add(() => {
    editedAt = clock.now();
    resume();
  });
  server.ended.add(stop);
  connection.onNotification(
    USE_NOTIFICATION,
    guardNotification(log, USE_NOTIFICATION, (params: UseParams) => {
      inUse = params.inUse !== false;
      if (inUse) resume();
    }),
  );
}

/** Writes all news to the log and shows one notification for them. Returns whether anything could be checked. */
function tell(server: ServerState, projects: readonly WatchedProject[]): boolean {
  const { connection, ports, log } = server;
  const inform = (line: string) => connection.console.info(visibleText(line));
  const time = new Date(ports.clock.now()).toISOString();
  for (const { name, since, dependencies, events } of projects) {
    const project = shownText(name);
    for (const event of events) inform(`${time} ${project}: ${eventSentence(event)}`);
    if (since === undefined) {
      const count = plural(dependencies, 'dependency', 'dependencies');
      inform(`${time} ${project}: news about ${count} will be reported here.`);
    }
  }
  const sentence = roundSentence(projects.map(({ name, events }) => ({ project: name, events })));
  // The notification may stay until the editor ends, without an answer.
  if (sentence !== undefined) void show(server, sentence).catch(() => undefined);
  const why = whyNothing(projects);
  if (why !== undefined) log(`${TITLE}: nothing could be checked (${shownText(why)}). Retrying later.`);
  return why === undefined;
}

/** Returns why no request was answered, as a clause; undefined if one was, or if there was nothing to request. */
function whyNothing(projects: readonly WatchedProject[]): string | undefined {
  const unseen = projects.flatMap((project) => project.unseen);
  const kept = unseen.filter(({ reason }) => isWithheld(reason) || reason === 'not-provided').length;
  const total = projects.reduce((sum, { dependencies }) => sum + dependencies, 0);
  const failed = unseen.filter(({ reason }) => FAILURES.has(reason));
  return failed.length >= total - kept ? failed[0]?.detail : undefined;
}

const FAILURES: ReadonlySet<UnavailableReason> = new Set(['failed', 'unreachable', 'offline']);

/** Shows the notification, with a button only if it does something. */
async function show({ connection, abilities }: ServerState, sentence: string): Promise<void> {
  const message = visibleText(sentence);
  if (!abilities.showsLog) {
    await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
    return;
  }
  const picked = await connection.window.showInformationMessage(message, { title: SHOW_LOG });
  if (picked?.title === SHOW_LOG) await connection.sendNotification(SHOW_LOG_NOTIFICATION);
}

const SHOW_LOG = 'Show Log';
