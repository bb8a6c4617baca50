import type { Capability, Sign } from './capability.ts';

/** Raised when scans find other things in the same code, so that records of earlier ones are made anew. */
export const RECORD_VERSION = 15;

export interface CapabilityEntry {
  readonly capability: Capability;
  readonly detail: string;
  readonly file: string;
  readonly line: number;
}

export interface RecordedSign {
  readonly sign: Sign;
  readonly file: string;
  readonly line: number;
}

/** What the code of one version of a package can do. */
export interface CapabilityRecord {
  readonly version: typeof RECORD_VERSION;
  readonly entries: readonly CapabilityEntry[];
  readonly signs: readonly RecordedSign[];
  readonly score: number;
  readonly isSuspicious: boolean;
  /** The number of files that were read, and of those that were parsed. */
  readonly files: number;
  readonly parsed: number;
  /** Files that could not be read wholly, each with the reason. */
  readonly gaps: readonly { readonly file: string; readonly reason: string }[];
}

/** What a version can do that the one before could not. */
export interface NewCapabilities {
  readonly entries: readonly CapabilityEntry[];
  readonly signs: readonly RecordedSign[];
}

/** Returns what is new in a version against an earlier one, wherever in the code it stands. */
export function newCapabilities(before: CapabilityRecord, after: CapabilityRecord): NewCapabilities {
  const known = new Set(before.entries.map(keyOf));
  const signs = new Set(before.signs.map(({ sign }) => sign));
  return {
    entries: after.entries.filter((entry) => !known.has(keyOf(entry))),
    signs: after.signs.filter(({ sign }) => !signs.has(sign)),
  };
}

function keyOf({ capability, detail }: CapabilityEntry): string {
  return `${capability} ${detail}`;
}
