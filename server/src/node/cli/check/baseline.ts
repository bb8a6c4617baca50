import { resolve } from 'node:path';
import { fingerprintsOf, type Hash } from '../../../core/show/report/check/formats/fingerprint.ts';
import { type JsonFinding, jsonFindings } from '../../../core/show/report/check/json.ts';
import type { Report } from '../../../core/show/report/check/report.ts';
import { crypto } from '../../builtin-on-demand.ts';
import { WrongUse } from '../exit-code.ts';
import type { Arguments } from '../given/arguments.ts';
import { readGiven } from '../given/read-given.ts';

/** Findings that were there before, by their fingerprint (see `fingerprintsOf`). */
export interface Baseline {
  /** The commit that it was made from. */
  readonly since?: string;
  readonly fingerprints: ReadonlySet<string>;
}

/** Returns the text of a baseline with all findings of a report, one line each, for a reviewable diff. */
export function baselineText(findings: readonly JsonFinding[], hash: Hash): string {
  const fingerprints = fingerprintsOf(findings, hash);
  const lines = findings.map(({ rule, path, package: name, version }, at) =>
    JSON.stringify({ fingerprint: fingerprints[at]!, rule, path, package: name, version }),
  );
  return `{\n  "version": 1,\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}\n  ]\n}\n`;
}

/** Reads the file given by `--baseline`; undefined without it. Throws `WrongUse` if it is no baseline. */
export async function givenBaseline(given: Arguments): Promise<Baseline | undefined> {
  const typed = given.text('baseline');
  if (typed === undefined) return undefined;
  const wanted = 'a file written by "dephygiene baseline write"';
  const bytes = await readGiven(`--baseline ${typed}`, resolve(typed), wanted);
  const findings = findingsIn(bytes.toString('utf8'));
  if (findings === undefined)
    throw new WrongUse(`--baseline ${typed} is not a baseline; write it with "dephygiene baseline write".`);
  return { fingerprints: new Set(findings) };
}

function findingsIn(text: string): readonly string[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { version, findings } = (parsed ?? {}) as { readonly version?: unknown; readonly findings?: unknown };
  if (version !== 1 || !Array.isArray(findings)) return undefined;
  const fingerprints = findings.map((each: { readonly fingerprint?: unknown } | null) => each?.fingerprint);
  return fingerprints.every((each) => typeof each === 'string') ? fingerprints : undefined;
}

/** Returns a report without the findings of a baseline. */
export function withoutKnown(report: Report, { since, fingerprints }: Baseline, hash: Hash): Report {
  const own = fingerprintsOf(jsonFindings(report), hash);
  const findings = report.findings.filter((_, at) => !fingerprints.has(own[at]!));
  const known = report.findings.length - findings.length;
  return {
    ...report,
    findings,
    baseline: { ...(since === undefined ? {} : { since }), known, gone: fingerprints.size - known },
  };
}

/** Returns the SHA-256 hash of a text, as hexadecimal digits. */
export function sha256(text: string): string {
  return crypto().createHash('sha256').update(text).digest('hex');
}
