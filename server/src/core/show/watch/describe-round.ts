import { formatList } from '../../judge/exposure/describe-advisory.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { eventSentence } from './describe-event.ts';
import type { WatchEvent } from './watch-event.ts';

/** The news about one project. */
export interface ProjectNews {
  /** The name of the project from its manifest or folder. */
  readonly project: string;
  /** Most urgent first. */
  readonly events: readonly WatchEvent[];
}

/**
 * Formats all news of a round as one sentence: the news itself if there is only one, otherwise the names of the
 * dependencies, malware first. Undefined if there is none.
 */
export function roundSentence(news: readonly ProjectNews[]): string | undefined {
  const reported = news.filter(({ events }) => events.length > 0);
  const events = reported.flatMap((each) => each.events);
  const [first] = events;
  if (first === undefined) return undefined;
  if (events.length === 1) return eventSentence(first);
  const names = namesOf(events);
  const bad = namesOf(events.filter(isMalware));
  if (bad.length === 0) {
    const count = names.length === 1 ? 'A dependency' : `${names.length} dependencies`;
    return `${count} of ${projectsOf(reported)} ${names.length === 1 ? 'has' : 'have'} news: ${formatList(names)}. ${SHOW}`;
  }
  const others = names.length - bad.length;
  const rest =
    others === 0 ? '' : `, and ${others === 1 ? 'another dependency has' : `${others} others have`} news`;
  const hit = reported.filter((each) => each.events.some(isMalware));
  return `Malware is now known in ${projectsOf(hit)}: ${formatList(bad)}${rest}. ${SHOW}`;
}

const SHOW = 'Show the log for all.';

function isMalware(event: WatchEvent): boolean {
  return event.kind === 'malware' && !event.advisory.isDoubtful;
}

function projectsOf(news: readonly ProjectNews[]): string {
  return formatList(news.map(({ project }) => shownText(project)));
}

function namesOf(events: readonly WatchEvent[]): readonly string[] {
  return [...new Set(events.map(({ name }) => shownText(name)))];
}
