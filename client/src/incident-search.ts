import { execFile } from 'node:child_process';
import type * as vscode from 'vscode';

/** What the view shows of the report of `dephygiene incident --format json`, version 1. */
export interface IncidentReport {
  readonly incident: string;
  readonly repositories: readonly IncidentRepository[];
  readonly notRead: readonly IncidentGap[];
  readonly machine: readonly string[];
  readonly nextSteps: readonly string[];
}

export interface IncidentRepository {
  readonly path: string;
  readonly verdict: 'hit-now' | 'was-hit' | 'not-hit' | 'unknown';
  readonly commits: number;
  readonly lockfiles: number;
  readonly findings: readonly IncidentFinding[];
  readonly notRead: readonly IncidentGap[];
}

export interface IncidentFinding {
  readonly package: string;
  readonly packageVersion: string;
  /** Relative to the repository. */
  readonly lockfile: string;
  readonly now: readonly string[];
  /** ISO 8601; null if unknown, or if it is still there. */
  readonly from: string | null;
  readonly to: string | null;
  readonly events: readonly {
    readonly type: 'entered' | 'left';
    readonly commit: string;
    readonly authored: string | null;
    readonly branches: readonly string[] | null;
  }[];
  readonly installScript: boolean | null;
  readonly development: boolean | null;
  readonly dependencyPath: readonly string[] | null;
  readonly jobs: readonly { readonly path: string; readonly job: string; readonly command: string }[] | null;
  readonly installed: readonly { readonly place: string; readonly path: string }[];
}

export interface IncidentGap {
  readonly subject: string;
  readonly reason: string;
}

export interface IncidentQuestion {
  /** An id, `package@range`, a package, or the path of a list. */
  readonly question: string;
  readonly directories: readonly string[];
  readonly withHistory: boolean;
}

/** A report of thousands of hits has this size; more is no answer for a view. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Runs the extension's own command line, which sends nothing and runs nothing but git. Never rejects: returns the report,
 * or one line that says why there is none; undefined after a cancellation.
 * @param program the path of the command line
 */
export function searchIncident(
  program: string,
  { question, directories, withHistory }: IncidentQuestion,
  token: vscode.CancellationToken,
): Promise<IncidentReport | { readonly problem: string } | undefined> {
  const args = ['incident', question, ...directories, ...(withHistory ? ['--history'] : []), '--json'];
  // Outside of a remote window, the extension host is the editor itself.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return new Promise((resolve) => {
    const options = { env, cwd: directories[0], maxBuffer: MOST_BYTES };
    const child = execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      cancellation.dispose();
      if (token.isCancellationRequested) resolve(undefined);
      else resolve(readReport(stdout) ?? { problem: lastLine(stderr) || String(error) });
    });
    const cancellation = token.onCancellationRequested(() => child.kill('SIGINT'));
  });
}

/** A hit and a gap have exit codes of their own, so that only the output tells whether there is a report. */
function readReport(text: string): IncidentReport | undefined {
  try {
    const report = JSON.parse(text) as IncidentReport & { readonly version: number };
    return report.version === 1 ? report : undefined;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^dephygiene: /, '') ?? ''
  );
}
