import { packageKey } from '../../../../read/graph/pulls-in.ts';
import type { Finding, Severity } from '../../../../read/text/finding.ts';

/** The worst finding on a package; `clear` without any, `unknown` if no source of advisories answered. */
export type Verdict = 'error' | 'warning' | 'information' | 'clear' | 'unknown';

export interface Verdicts {
  /** Returns the verdict on a version of a package. */
  of(one: { readonly name: string; readonly version: string | undefined }): Verdict;
}

/** In the order of a legend. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'information',
  clear: 'no findings',
  unknown: 'not checked',
};

const ORDER: readonly Verdict[] = ['error', 'warning', 'information'];

/**
 * Returns the verdicts on packages by the findings of their project. Hints do not count: they only offer a fix.
 * @param isKnown whether a source of advisories answered
 */
export function verdictsOf(findings: readonly Finding[], isKnown: boolean): Verdicts {
  const worst = new Map<string, Verdict>();
  const add = (key: string, severity: Severity) => {
    if (severity === 'hint') return;
    const before = worst.get(key);
    if (before === undefined || ORDER.indexOf(severity) < ORDER.indexOf(before)) worst.set(key, severity);
  };
  for (const finding of findings) {
    const { severity, package: name, version, advisories = [] } = finding;
    if (advisories.length === 0 && name !== undefined && version !== undefined)
      add(packageKey({ name, version }), severity);
    for (const advisory of advisories)
      add(packageKey({ name: advisory.package, version: advisory.version }), severity);
  }
  const other: Verdict = isKnown ? 'clear' : 'unknown';
  return { of: (one) => worst.get(packageKey(one)) ?? other };
}

/** Checks for a verdict by a finding. */
export function isFound(verdict: Verdict): boolean {
  return ORDER.includes(verdict);
}
