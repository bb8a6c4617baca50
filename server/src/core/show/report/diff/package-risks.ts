import type { RuleCategory } from '../../../judge/check/rule.ts';
import { RULES } from '../../../judge/rules/index.ts';
import { packageKey } from '../../../read/graph/pulls-in.ts';
import { type Finding, SEVERITIES, type Severity } from '../../../read/text/finding.ts';

/** A finding on one version of a package. */
export interface PackageRisk {
  readonly rule: string;
  readonly severity: Severity;
  /** A clause about the package, without its name: the verdict of the finding. */
  readonly text: string;
}

/** What is known of the packages of one lockfile. */
export interface PackageRisks {
  /** Whether a source of advisories answered: without one, packages may have unknown vulnerabilities. */
  readonly isKnown: boolean;
  /** Returns the risks of a version, worst first. */
  of(one: { readonly name: string; readonly version: string | undefined }): readonly PackageRisk[];
}

/** Sources and hashes are not among them: a difference of lockfiles has those itself. */
const RISKY: ReadonlySet<RuleCategory> = new Set(['advisories', 'identity', 'scripts', 'releases', 'policy']);

/** Returns the risks of packages by the findings of their project. Ranges, tidiness and mere hints are none. */
export function packageRisks(findings: readonly Finding[], isKnown: boolean): PackageRisks {
  const risky = new Set(RULES.filter(({ category }) => RISKY.has(category)).map(({ id }) => id));
  const byPackage = new Map<string, Map<string, PackageRisk>>();
  const add = (key: string, risk: PackageRisk) => {
    const known = byPackage.get(key) ?? new Map<string, PackageRisk>();
    byPackage.set(key, known);
    const before = known.get(risk.rule);
    if (before === undefined || rank(risk) < rank(before)) known.set(risk.rule, risk);
  };
  for (const finding of findings) {
    const { rule, severity, message, package: name, version, advisories } = finding;
    if (severity === 'hint' || !risky.has(rule) || name === undefined || version === undefined) continue;
    const key = packageKey({ name, version });
    // The dependency that pulls in an affected package has the finding too.
    const isOwn = advisories?.some((one) => packageKey({ name: one.package, version: one.version }) === key);
    if (isOwn !== false) add(key, { rule, severity, text: verdictOf(message, name, version) });
  }
  return {
    isKnown,
    of: (one) => [...(byPackage.get(packageKey(one))?.values() ?? [])].sort((a, b) => rank(a) - rank(b)),
  };
}

function rank({ severity }: PackageRisk): number {
  return SEVERITIES.indexOf(severity);
}

/** Returns the first sentence of a message, without the package that it begins with and its section. */
function verdictOf(message: string, name: string, version: string): string {
  const end = message.search(/[.;] /);
  const first = end === -1 ? message.replace(/\.$/, '') : message.slice(0, end);
  const subject = [`${name} ${version} `, `${name}@${version} `, `"${name}" `, `${name} `].find((one) =>
    first.startsWith(one),
  );
  return subject === undefined ? first : first.slice(subject.length).replace(/^\([^()]*\) /, '');
}
