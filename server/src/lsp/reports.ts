import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/finding.ts';
import type { Uri } from '../core/text/uri.ts';
import type { Snapshot } from '../engine/session.ts';
import { sameDiagnostic } from './same-diagnostic.ts';
import { stillPlaced } from './still-placed.ts';
import type { ToldFinding, ToProto } from './to-proto.ts';

/** The diagnostics of one file as the client gets them. The same set keeps its id, whatever was computed in between. */
export interface Report {
  readonly id: string;
  /** What is as it was in the last report of the file is the same object. */
  readonly items: Diagnostic[];
}

/** The last report of each file, kept to tell what is unchanged. Nothing else is remembered of earlier snapshots. */
export interface Reports {
  of(uri: Uri, snapshot: Snapshot): Report;
  forget(uri: Uri): void;
  /** Settings of the client changed that reports depend on beside findings. */
  clear(): void;
}

interface Kept extends Report {
  readonly findings: readonly Finding[];
  readonly text: string | undefined;
  readonly told: readonly ToldFinding[];
  /** How many related places were told of each. */
  readonly related: number;
}

/** A file with more of them is sent and read noticeably slower with each key press, and nobody opens them all. */
const MOST_RELATED = 300;

/** How many related places each finding of a file is shown with: all, the first one, or none. Hover cards tell of advisories too. */
function relatedPlaces(findings: readonly Finding[]): number {
  let all = 0;
  let first = 0;
  for (const { related } of findings) {
    all += related.length;
    first += Math.min(related.length, 1);
  }
  if (all <= MOST_RELATED) return Number.POSITIVE_INFINITY;
  return first <= MOST_RELATED ? 1 : 0;
}

/**
 * Finds how a finding was told before, by its data: that stays what it is while the finding only moves. Made for being asked
 * in much the same order.
 */
function toldIn(told: readonly ToldFinding[]): (finding: Finding) => ToldFinding | undefined {
  let next = 0;
  let places: ReadonlyMap<object, number> | undefined;
  return ({ data }) => {
    if (told[next]?.finding.data !== data) {
      places ??= new Map(told.map(({ finding }, at) => [finding.data, at]));
      const place = places.get(data);
      if (place === undefined) return undefined;
      next = place;
    }
    return told[next++];
  };
}

/** Rule and place. */
function placeOf({ code, range: { start, end } }: Diagnostic): string {
  return `${code} ${start.line} ${start.character} ${end.line} ${end.character}`;
}

/** `epoch` makes the ids of this run differ from those of an earlier one, which a client may still hold. */
export function createReports(proto: ToProto, epoch: string): Reports {
  const kept = new Map<Uri, Kept>();
  let made = 0;
  return {
    of(uri, snapshot) {
      const { findings } = snapshot.diagnose(uri);
      const text = snapshot.textOf(uri);
      const last = kept.get(uri);
      if (last && last.findings === findings && last.text === text) return last;
      const related = relatedPlaces(findings);
      const toldOf = last === undefined ? () => undefined : toldIn(last.told);
      let placed: ReadonlyMap<string, Diagnostic> | undefined;
      const isStill = stillPlaced(last?.text, text);
      const told = findings.map((finding): ToldFinding => {
        const before = toldOf(finding);
        if (before !== undefined && isStill !== undefined && last?.related === related) {
          const { character } = before.diagnostic.range.start;
          const isThere = isStill(before.finding.span, finding.span, character);
          if (isThere && proto.isAsTold(finding, before)) return { finding, diagnostic: before.diagnostic };
        }
        let diagnostic = proto.diagnostic(finding, snapshot, { told: before, related });
        if (diagnostic !== before?.diagnostic && last !== undefined) {
          placed ??= new Map(last.items.map((item) => [placeOf(item), item]));
          const there = placed.get(placeOf(diagnostic));
          if (sameDiagnostic(there, diagnostic)) diagnostic = there;
        }
        return { finding, diagnostic };
      });
      const items = told.map(({ diagnostic }) => diagnostic);
      const isSame =
        last?.items.length === items.length && items.every((item, at) => item === last.items[at]);
      const id = isSame ? last.id : `${epoch}-${++made}`;
      const report = { id, items, findings, text, told, related };
      kept.set(uri, report);
      return report;
    },
    forget: (uri) => kept.delete(uri),
    clear: () => kept.clear(),
  };
}
