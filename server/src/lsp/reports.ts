import type { Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../core/finding.ts';
import type { Uri } from '../core/text/uri.ts';
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
  /** Settings of the client changed that reports depend on beside findings. */
  clear(): void;
}

interface Kept extends Report {
  readonly findings: readonly Finding[];
  readonly text: string | undefined;
  readonly json: string;
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
      const items = findings.map((finding) => proto.diagnostic(finding, snapshot));
      const json = JSON.stringify(items);
      const id = last?.json === json ? last.id : `${epoch}-${++made}`;
      const report = { id, items, findings, text, json };
      kept.set(uri, report);
      return report;
    },
    forget: (uri) => kept.delete(uri),
    clear: () => kept.clear(),
  };
}
