import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/finding.ts';
import type { Uri } from '../core/text/uri.ts';
import type { Snapshot } from '../engine/session.ts';
import { sameDiagnostic } from './same-diagnostic.ts';
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
  /** By the finding's data, which stays what it is while the finding only moves. */
  readonly told: ReadonlyMap<object, ToldFinding>;
  /** By rule and place. */
  readonly placed: ReadonlyMap<string, Diagnostic>;
}

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
      const told = new Map<object, ToldFinding>();
      const placed = new Map<string, Diagnostic>();
      const items = findings.map((finding) => {
        const before = last?.told.get(finding.data);
        const next = proto.diagnostic(finding, snapshot, before);
        const place = placeOf(next);
        const there = last?.placed.get(place);
        const diagnostic = sameDiagnostic(there, next) ? there : next;
        told.set(finding.data, { finding, diagnostic });
        placed.set(place, diagnostic);
        return diagnostic;
      });
      const isSame =
        last?.items.length === items.length && items.every((item, at) => item === last.items[at]);
      const id = isSame ? last.id : `${epoch}-${++made}`;
      const report = { id, items, findings, text, told, placed };
      kept.set(uri, report);
      return report;
    },
    forget: (uri) => kept.delete(uri),
    clear: () => kept.clear(),
  };
}
