import { type AdvisorySourceState, SWITCHED_OFF } from '../../core/know/advisory/advisories.ts';
import type { AdvisoryIndex } from '../../core/know/advisory/advisory-index.ts';
import { openIndex } from '../../core/know/advisory/open-index.ts';
import type { Ports } from '../ports.ts';

/** The outcome of opening an index, with the index if it is usable. */
export interface OpenedIndex {
  readonly layer: AdvisoryIndex | undefined;
  readonly state: AdvisorySourceState;
}

/** A binary index, opened on first use or on request, and reopened when it is replaced. */
export interface IndexSource {
  readonly source: 'bundled' | 'database';
  /** Changes whenever `look` would return something else. Opens nothing. */
  stamp(how: Looking): string | undefined;
  look(how: Looking): OpenedIndex;
  /** Whether there is an index that is not open. */
  readonly isClosed: boolean;
  open(): void;
}

export interface Looking {
  readonly isAdmitted: boolean;
  /** Whether a closed index stays closed for now. */
  readonly opensLater: boolean;
}

/** Creates the possible index sources in order of precedence, the last one highest. */
export function createIndexSources({
  advisories,
  database,
}: Pick<Ports, 'advisories' | 'database'>): readonly IndexSource[] {
  return [
    indexSource(
      'bundled',
      () => (advisories === undefined ? undefined : ''),
      () => advisories?.(),
    ),
    indexSource(
      'database',
      () => database?.stamp(),
      () => database?.read(),
    ),
  ];
}

function indexSource(
  source: IndexSource['source'],
  stamp: () => string | undefined,
  read: () => Uint8Array | undefined,
): IndexSource {
  let opened: { readonly stamp: string | undefined; readonly index: OpenedIndex } | undefined;
  const isOpen = (now: string | undefined) => opened !== undefined && opened.stamp === now;
  const openNow = (): OpenedIndex => {
    const now = stamp();
    if (opened === undefined || !isOpen(now)) opened = { stamp: now, index: open(source, read()) };
    return opened.index;
  };
  return {
    source,
    get isClosed() {
      const now = stamp();
      return now !== undefined && !isOpen(now);
    },
    open: openNow,
    stamp({ isAdmitted, opensLater }) {
      const now = stamp();
      const waits = isAdmitted && opensLater && now !== undefined && !isOpen(now);
      return waits ? `${now} not open` : now;
    },
    look({ isAdmitted, opensLater }) {
      if (!isAdmitted) return without(source, 'off', SWITCHED_OFF);
      const now = stamp();
      if (!opensLater || now === undefined || isOpen(now)) return openNow();
      return opened?.index ?? without(source, 'pending', undefined);
    },
  };
}

function open(source: IndexSource['source'], bytes: Uint8Array | undefined): OpenedIndex {
  if (bytes === undefined) return without(source, 'missing', MISSING[source]);
  const result = openIndex(bytes, source);
  if ('problem' in result) return without(source, 'failed', result.problem);
  const { index } = result;
  const { asOf, completeTo } = index;
  return {
    layer: index,
    state: { source, host: undefined, state: 'used', detail: undefined, asOf, completeTo, unanswered: 0 },
  };
}

const MISSING = { bundled: 'they are missing', database: '"dephygiene db update" creates one' };

function without(
  source: IndexSource['source'],
  state: 'off' | 'missing' | 'failed' | 'pending',
  detail: string | undefined,
): OpenedIndex {
  const none = { source, host: undefined, detail, asOf: undefined, unanswered: 0 };
  return { layer: undefined, state: { ...none, state } };
}
