import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Snapshot } from '../engine/session.ts';
import type { ToProto } from './to-proto.ts';

/** The diagnostics of one file in the protocol's form. An equal set keeps its id. */
export interface Report {
  readonly id: string;
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
  readonly findings: readonly Finding[];
  readonly text: string | undefined;
  /** The items in JSON. */
  readonly json: string;
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

/** @param epoch distinguishes the ids of this run from those of an earlier one, which a client may still hold */
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
      const items = findings.map((finding) => proto.diagnostic(finding, snapshot, related));
      const json = JSON.stringify(items);
      const id = last?.json === json ? last.id : `${epoch}-${++made}`;
      const report = { id, items, findings, text, json };
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
