import { formatId, severityWord } from '../../judge/exposure/describe-advisory.ts';
import type { TrustLevel } from '../../know/registry/releases/trust-level.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { formatDay } from '../../read/text/words/dates.ts';
import { namesAndMore } from '../../read/text/words/words.ts';
import type { WatchEvent } from './watch-event.ts';
import type { WatchedAdvisory } from './watch-record.ts';

const LONGEST_REASON = 200;
const LONGEST_NAME = 80;

/** Formats the news as one sentence: the package and version, what happened, and what to do. */
export function eventSentence(event: WatchEvent): string {
  const what = shownText(`${event.name} ${event.version}`);
  switch (event.kind) {
    case 'malware':
      return malwareSentence(what, event.name, event.advisory);
    case 'advisory':
      return advisorySentence(what, event.advisory);
    case 'publisher': {
      const { publisher, before, versionBefore } = event;
      return `${what} was published by ${quoted(publisher)}, but ${shownText(versionBefore)} by ${quoted(before)}. Find out who took it over before you update.`;
    }
    case 'deprecated': {
      const { reason, newer } = event;
      const advice = newer === null ? 'Replace it' : `Update to ${shownText(newer)}, or replace it`;
      return `${what} is deprecated now (${quoted(reason, LONGEST_REASON)}). ${advice}.`;
    }
    case 'removed':
      return event.what === 'package'
        ? `${shownText(event.name)} was removed from its registry, and ${what} is in use. Find out why, and replace it.`
        : `${what} was removed from its registry. Find out why, and use another version.`;
    case 'look-alike':
      return `${quoted(event.name)} exists now and looks like ${quoted(event.like)} of your organization (${shownText(event.version)}). Find out who published it, and report it.`;
    case 'script':
      return `${what} has an install script, which ${shownText(event.versionBefore)} had not. Read the script before you update.`;
    case 'trust':
      return `${what} was published with ${TRUST[event.trust]}, ${shownText(event.versionBefore)} with ${TRUST[event.before]}. Find out why before you update.`;
    case 'maintainer': {
      const names = namesAndMore(
        event.added.map((name) => quoted(name)),
        MOST_NAMES,
      );
      return `${shownText(event.name)} can now also be published by ${names}. Find out who that is before you update.`;
    }
    case 'new-package':
      return `${quoted(event.name)} is new among the packages of ${quoted(event.account)} (${shownText(event.version)}). Ask the maintainer whether that is intended.`;
    case 'version':
      return `${shownText(event.name)} has a new version, ${shownText(event.newest)}, and ${what} is in use. ${waitAdvice(event.waitsUntil)}.`;
    case 'major': {
      const { newest, waitsUntil } = event;
      return `${what} has a new major version, ${shownText(newest)}. ${waitAdvice(waitsUntil)}.`;
    }
  }
}

const MOST_NAMES = 5;

const TRUST: Readonly<Record<TrustLevel, string>> = {
  none: 'no provenance',
  provenance: 'provenance only',
  trusted: 'provenance by a trusted publisher',
  approved: 'the approval of a second person',
};

function waitAdvice(waitsUntil: number | null): string {
  return waitsUntil === null
    ? 'Read what changed before you update'
    : `Leave it until ${formatDay(waitsUntil)}, when its cooldown ends`;
}

function malwareSentence(what: string, name: string, { ids, isDoubtful }: WatchedAdvisory): string {
  const id = formatId(ids[0]!);
  if (isDoubtful) {
    return `${id} now calls every version of ${shownText(name)} malware, which is doubtful for such a widely used package. Check by hand whether ${what} is meant.`;
  }
  return `${what} is now known to be malware (${id}). Use a clean version, treat machines that installed it as compromised, and rotate their credentials from a clean machine.`;
}

function advisorySentence(what: string, { ids, severity, about, fixedIn }: WatchedAdvisory): string {
  const kind = severity === null ? 'advisory' : `${severityWord(severity)} advisory`;
  const id = formatId(ids[0]!);
  const subject = about === null ? ` (${id})` : `: ${shownText(about)} (${id})`;
  const fix =
    fixedIn === null
      ? '. Replace it, or accept it with a reason'
      : `, fixed in ${shownText(fixedIn)}. Update it`;
  return `${what} has a new ${kind}${subject}${fix}.`;
}

function quoted(text: string, longest = LONGEST_NAME): string {
  return JSON.stringify(shownText(text, longest));
}
