import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Snapshot } from '../engine/session.ts';
import type { ToProto } from './to-proto.ts';

/** The diagnostics of one file as the client gets them. The same set keeps its id, whatever was computed in between. */
export interface Report {
  readonly id: string;
  readonly items: Diagnostic[];
}

/** The last report of each file, kept to tell what is unchanged. Nothing else is remembered of earlier snapshots. */
export interface Reports {
  of(uri: Uri, snapshot: Snapshot): Report;
  forget(uri: Uri): void;
  /** Forgets the files that are in no project of the snapshot, and the texts in which something was found. */
  keepOnly(snapshot: Snapshot): void;
  /** Settings of the client changed that reports depend on beside findings. */
  clear(): void;
}

interface Kept extends Report {
  readonly findings: readonly Finding[];
  readonly text: string | undefined;
  /** The items in JSON. */
  readonly json: string;
}

/** A file with more of them is sent and read noticeably slower with each key press, and nobody opens them all. */
const MOST_RELATED = 300;

/** How many related places each finding of a file is shown with: all, the first one, or none. Hover cards tell of advisories too. */
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
