import type { Diagnostic, Position } from 'vscode-languageserver';
import type { Finding } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Snapshot } from '../engine/session.ts';
import { sameDiagnostic } from './same-diagnostic.ts';
import { stillPlaced } from './still-placed.ts';
import type { ToProto } from './to-proto.ts';

/** The diagnostics of one file in the protocol's form. An equal set keeps its id. */
export interface Report {
  readonly id: string;
  /** Diagnostics that are equal to those of the last report are the same objects. */
  readonly items: Diagnostic[];
}

/** The last report of each file, kept to detect unchanged ones. Nothing else of earlier snapshots is kept. */
export interface Reports {
  of(uri: Uri, snapshot: Snapshot): Report;
  forget(uri: Uri): void;
  /** Drops the files that are in no project of the snapshot, and their texts. */
  keepOnly(snapshot: Snapshot): void;
  /** Drops everything, after a change of client settings that affect reports. */
  clear(): void;
}

interface Kept extends Report {
  /** The findings of the items, in the same order. */
  readonly findings: readonly Finding[];
  readonly text: string | undefined;
  /** The number of related places per finding. */
  readonly related: number;
}

/** More of them noticeably slow down every key press, and nobody opens them all. */
const MOST_RELATED = 300;

/** Returns the number of related places per finding: all, one or none. Hovers list the advisories as well. */
function relatedPlaces(findings: readonly Finding[]): number {
  let all = 0;
  let first = 0;
  for (const { related } of findings) {
    if (related.length === 0) continue;
    all += related.length;
    if (++first > MOST_RELATED) return 0;
  }
  return all <= MOST_RELATED ? Number.POSITIVE_INFINITY : 1;
}

/**
 * Returns a function from the index of a finding to its index among the earlier ones, by its data, which is unchanged if
 * the finding only moved. Those on both sides of an edit correspond one to one.
 */
function placesIn(before: readonly Finding[], now: readonly Finding[]): (at: number) => number | undefined {
  const shorter = Math.min(before.length, now.length);
  const grown = now.length - before.length;
  let start = 0;
  while (start < shorter && before[start]!.data === now[start]!.data) start++;
  let end = now.length;
  while (end > start && end - grown > start && before[end - 1 - grown]!.data === now[end - 1]!.data) end--;
  const between = new Map<object, number>();
  for (let at = start; at < end - grown; at++) between.set(before[at]!.data, at);
  return (at) => {
    if (at < start) return at;
    return at >= end ? at - grown : between.get(now[at]!.data);
  };
}

/** Returns the equal diagnostic in a list in source order. */
function sameAmong(items: readonly Diagnostic[], diagnostic: Diagnostic): Diagnostic | undefined {
  const { start } = diagnostic.range;
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comparePositions(items[middle]!.range.start, start) < 0) low = middle + 1;
    else high = middle;
  }
  for (; low < items.length; low++) {
    const item = items[low]!;
    if (comparePositions(item.range.start, start) !== 0) return undefined;
    if (sameDiagnostic(item, diagnostic)) return item;
  }
  return undefined;
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** @param epoch distinguishes the ids of this run from those of an earlier one, which a client may still hold */
export function createReports(proto: ToProto, epoch: string): Reports {
  const kept = new Map<Uri, Kept>();
  let made = 0;

  function itemsOf(findings: readonly Finding[], related: number, snapshot: Snapshot): Diagnostic[] {
    return findings.map((finding) => proto.diagnostic(finding, snapshot, { related }));
  }

  /** Returns the diagnostics; equal earlier ones are the same objects, so that their bytes are written again. */
  function itemsAfter(
    last: Kept,
    now: Pick<Kept, 'findings' | 'text' | 'related'>,
    snapshot: Snapshot,
  ): Diagnostic[] {
    const { related } = now;
    const placeBefore = placesIn(last.findings, now.findings);
    const isStill = last.related === related ? stillPlaced(last.text, now.text) : undefined;
    const items: Diagnostic[] = [];
    for (const [at, finding] of now.findings.entries()) {
      const place = placeBefore(at);
      const before = place === undefined ? undefined : last.findings[place]!;
      const reported = place === undefined ? undefined : last.items[place]!;
      const isThere = isStill !== undefined && before !== undefined && isStill(before.span, finding.span);
      if (isThere && reported !== undefined && proto.isAsReported(finding, before, reported)) {
        items.push(reported);
        continue;
      }
      const options = {
        related,
        ...(before && reported && { reported: { finding: before, diagnostic: reported } }),
      };
      const diagnostic = proto.diagnostic(finding, snapshot, options);
      items.push(sameAmong(last.items, diagnostic) ?? diagnostic);
    }
    return items;
  }

  return {
    of(uri, snapshot) {
      const { findings } = snapshot.diagnose(uri);
      const text = snapshot.textOf(uri);
      const last = kept.get(uri);
      if (last && last.findings === findings && last.text === text) return last;
      const now = { findings, text, related: relatedPlaces(findings) };
      const items =
        last === undefined ? itemsOf(findings, now.related, snapshot) : itemsAfter(last, now, snapshot);
      const isSame =
        last?.items.length === items.length && items.every((item, at) => item === last.items[at]);
      const report = { id: isSame ? last.id : `${epoch}-${++made}`, items, ...now };
      kept.set(uri, report);
      return report;
    },
    forget: (uri) => kept.delete(uri),
    keepOnly(snapshot) {
      for (const uri of kept.keys()) if (snapshot.projectOf(uri) === undefined) kept.delete(uri);
    },
    clear: () => kept.clear(),
  };
}
