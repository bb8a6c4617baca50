import { isWithin, relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { printableJson } from '../../../read/text/words/visible-text.ts';
import type { DecidingLine } from '../../features/privacy/deciding-place.ts';
import type { ProjectPrivacy } from '../../features/privacy/privacy.ts';
import { type PrivacyNotes, pathInHome } from './privacy-text.ts';

/** Returns what would be sent where, for programs. Paths are relative to `root`; those of files outside it are null. */
export function privacyJson(
  projects: readonly ProjectPrivacy[],
  { unread, openToOthers, home }: PrivacyNotes,
  root: Uri,
): string {
  const place = (decided: DecidingLine | undefined) => ({
    file: decided === undefined || !isWithin(root, decided.uri) ? null : relativeUri(root, decided.uri),
    line: decided?.line ?? null,
  });
  const report = {
    schemaVersion: 1,
    /** By this command, which only reports what an editor would send. */
    sentNow: [],
    projects: projects.map(({ root: own, manager, destinations, statistics, osv, kept }) => ({
      path: relativeUri(root, own) || '.',
      manager,
      destinations: destinations.map(({ decidedAt, ...rest }) => ({ ...rest, ...place(decidedAt) })),
      statistics: statistics ?? null,
      ...(osv === undefined ? {} : { osv }),
      neverSent: kept.map(({ decidedAt, by = null, ...rest }) => ({ ...rest, by, ...place(decidedAt) })),
    })),
    notRead: unread.map(({ uri, reason }) => ({ path: relativeUri(root, uri), reason: reason ?? null })),
    /** The user's own files with a credential that other users of this machine can read. */
    secretsOpenToOthers: openToOthers.map((uri) => pathInHome(uri, home)),
  };
  return `${printableJson(JSON.stringify(report, null, 2))}\n`;
}
