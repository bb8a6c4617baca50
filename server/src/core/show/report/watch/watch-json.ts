import { printableJson } from '../../../read/text/words/visible-text.ts';
import { eventSentence } from '../../watch/describe-event.ts';
import type { WatchEvent } from '../../watch/watch-event.ts';
import type { WatchReport } from './watch-report.ts';

/**
 * Returns the report as JSON text with a trailing newline. The form is stable: members may be added in later versions,
 * none is renamed or removed.
 */
export function watchJson({ projects, unseen, unseenAccounts, unread, advisories }: WatchReport): string {
  const json = {
    version: 1,
    projects: projects.map(({ path, name, since, dependencies, events }) => ({
      path: path === '' ? '.' : path,
      name,
      since: timeText(since),
      dependencies,
      news: events.map((event) => ({
        ...{ kind: event.kind, package: event.name, version: event.version },
        message: eventSentence(event),
        ...detailsOf(event),
      })),
    })),
    notLookedAt: unseen.map(({ name, reason, detail }) => ({ package: name, reason, detail })),
    maintainersNotLookedAt: unseenAccounts.map(({ name, reason, detail }) => ({
      ...{ maintainer: name, reason, detail },
    })),
    notRead: unread.map(({ path, reason }) => ({ path, reason: reason ?? null })),
    advisories: advisories.map(({ source, host, state, detail, asOf, unanswered }) => ({
      ...{ source, host: host ?? null, status: state, detail: detail ?? null },
      ...{ asOf: timeText(asOf), unanswered },
    })),
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

/** Returns what a program would otherwise have to parse from the message. */
function detailsOf(event: WatchEvent): object {
  switch (event.kind) {
    case 'malware':
    case 'advisory': {
      const { ids, severity, about, fixedIn, isDoubtful } = event.advisory;
      return { id: ids[0], aliases: ids.slice(1), severity, about, fixedIn, doubtful: isDoubtful };
    }
    case 'publisher': {
      const { publisher, before, versionBefore } = event;
      return { publisher, publisherBefore: before, versionBefore };
    }
    case 'deprecated':
      return { reason: event.reason, newer: event.newer };
    case 'removed':
      return { what: event.what };
    case 'look-alike':
      return { like: event.like };
    case 'script':
      return { versionBefore: event.versionBefore };
    case 'trust':
      return { trust: event.trust, trustBefore: event.before, versionBefore: event.versionBefore };
    case 'maintainer':
      return { added: event.added };
    case 'new-package':
      return { maintainer: event.account };
    case 'version':
    case 'major':
      return { newest: event.newest, waitsUntil: timeText(event.waitsUntil ?? undefined) };
  }
}

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
