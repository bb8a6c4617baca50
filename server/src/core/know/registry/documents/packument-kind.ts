import { packumentUrl } from '../access/packument-url.ts';
import {
  DAY,
  type DocumentKind,
  type DocumentReader,
  type DocumentSubject,
  MEGABYTE,
  MINUTE,
} from './document-kind.ts';
import { createNarrowing, isKept, NO_DOCUMENT } from './narrow-packument.ts';
import type { Packument } from './packument.ts';
import { packumentFromRecord, packumentToRecord } from './packument-record.ts';
import { createSplitter } from './split-document.ts';

const shared = {
  /** The largest ones have just over 50 MB; they are reduced while they arrive. */
  maxBytes: 128 * MEGABYTE,
  fresh: { floor: 5 * MINUTE, ceiling: DAY },
  absent: [404],
  url: (registryUrl: string, { name }: DocumentSubject) => packumentUrl(registryUrl, name),
  reader: packumentReader,
  toRecord: packumentToRecord,
  fromRecord(json: unknown, { name }: DocumentSubject) {
    const packument = packumentFromRecord(json);
    return packument?.name === name ? packument : undefined;
  },
};

/** The full document: with times, people, scripts and licenses. */
export const PACKUMENT: DocumentKind<Packument> = { ...shared, id: 'packument', accept: 'application/json' };

/** The short form, which is enough to choose a version, and to see which are deprecated or run scripts. */
export const ABBREVIATED: DocumentKind<Packument> = {
  ...shared,
  id: 'abbreviated',
  accept: 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*',
};

function packumentReader({ name, keep }: DocumentSubject, now: number): DocumentReader<Packument> {
  const narrowing = createNarrowing({ name, now, keep });
  const splitter = createSplitter('versions', {
    wants: isKept,
    member: narrowing.member,
    part: narrowing.version,
  });
  return {
    write: splitter.write,
    end() {
      if (!splitter.end()) return { problem: NO_DOCUMENT };
      const result = narrowing.finish();
      return 'problem' in result ? result : { value: result.packument };
    },
  };
}
