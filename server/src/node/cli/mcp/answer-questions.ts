import { isSource } from '../../../core/judge/check/file-gap.ts';
import { reportsIn } from '../../../core/judge/exposure/affecting.ts';
import { NO_ADVISORIES } from '../../../core/know/advisory/advisories.ts';
import { packumentUrl } from '../../../core/know/registry/access/packument-url.ts';
import { readPackageQuery } from '../../../core/read/graph/find-nodes.ts';
import type { Severity } from '../../../core/read/text/finding.ts';
import { reportCoverage } from '../../../core/show/report/check/report-coverage.ts';
import { formatNames, type NameAnswer, nameAnswers } from '../../../core/show/report/mcp/name-answer.ts';
import type { PackageAnswer } from '../../../core/show/report/mcp/package-answer.ts';
import {
  formatProject,
  type ProjectAnswer,
  projectAnswer,
} from '../../../core/show/report/mcp/project-answer.ts';
import type { AbortSignalLike } from '../../../engine/ports.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../../../engine/settings.ts';
import { checkDirectory } from '../check/check-directory.ts';
import { WrongUse } from '../exit-code.ts';
import { noRule } from '../no-rule.ts';
import { openProject } from '../open-project.ts';
import { allowedDirectory } from './allowed-directory.ts';

/** What the user allowed when the server was started. */
export interface Allowed {
  /** With their links resolved. */
  readonly directories: readonly [string, ...string[]];
  readonly online: boolean;
  readonly trusted: boolean;
  readonly trustedRoot: string | undefined;
}

/** An answer as data, and the same in words. */
export interface Answered<T> {
  readonly data: T;
  readonly words: string;
}

/** Returns what is known about a package. Throws `WrongUse` for what is no name or no allowed directory. */
export async function answerPackage(
  asked: { readonly package: string; readonly directory?: string | undefined },
  allowed: Allowed,
  signal: AbortSignalLike,
): Promise<Answered<PackageAnswer>> {
  const query = readPackageQuery(asked.package.trim());
  if (query === undefined || packumentUrl('https://registry.example.test/', query.name) === undefined)
    throw new WrongUse('that is no name of a package; give a name such as left-pad or left-pad@^1.0.0.');
  const directory = await allowedDirectory(asked.directory, allowed.directories);
  const { session, ports, project } = await openAllowed(directory, allowed);
  try {
    const { verifyPackage, packageAnswer, formatPackage } = await import('../../../engine/verify/verify.ts');
    const { online } = allowed;
    const request = { name: query.name, asked: query.version, project };
    const found = await verifyPackage(request, { session, ports, online, signal });
    const { popular, projects } = session.snapshot();
    const own = projects.find(({ project: { root } }) => root === project.root);
    const reports = own === undefined ? [] : reportsIn(project, own.advisories)(query.name);
    const data = packageAnswer(found, { reports, isPopular: popular.has(query.name) });
    return { data, words: formatPackage(data, found.registry.kind === 'private') };
  } finally {
    session.dispose();
  }
}

/** Returns what is known about names without asking anybody. */
export async function answerNames(
  asked: { readonly names: readonly string[]; readonly directory?: string | undefined },
  allowed: Allowed,
): Promise<Answered<{ names: readonly NameAnswer[] }>> {
  const directory = await allowedDirectory(asked.directory, allowed.directories);
  const { session, project } = await openAllowed(directory, { ...allowed, online: false });
  try {
    const { popular, projects } = session.snapshot();
    const own = projects.find(({ project: { root } }) => root === project.root);
    const names = nameAnswers(asked.names, project, own?.advisories ?? NO_ADVISORIES, popular);
    return { data: { names }, words: formatNames(names) };
  } finally {
    session.dispose();
  }
}

/** Checks everything below a directory, as `dephygiene check` does. */
export async function answerProject(
  asked: {
    readonly directory?: string | undefined;
    readonly severity?: Severity | undefined;
    readonly limit?: number | undefined;
  },
  allowed: Allowed,
): Promise<Answered<ProjectAnswer>> {
  const directory = await allowedDirectory(asked.directory, allowed.directories);
  const options = {
    directory,
    policyFile: undefined,
    base: undefined,
    trusted: isTrusted(directory, allowed),
    offline: false,
    advisorySources: DEFAULT_ADVISORY_SOURCES,
  };
  const { report, now } = await checkDirectory(options, SILENT);
  if (!report.files.some(({ kind }) => isSource(kind)))
    throw new WrongUse('no package.json was found in the directory; give one that holds a project.');
  const { severity: leastShown = 'information', limit: most = 10 } = asked;
  const data = projectAnswer(report, reportCoverage(report, now), { leastShown, most });
  return { data, words: formatProject(data, report) };
}

/** Returns the documentation of a rule. Throws `WrongUse` for an unknown one. */
export async function answerRule(id: string) {
  const { describedRules, explainedRule } = await import(
    '../../../core/show/report/explain/explained-rule.ts'
  );
  const [described] = describedRules(new Set([id]));
  if (described === undefined) throw new WrongUse(noRule(id));
  const { severity, category, summary, why } = described;
  const data = { rule: id, severity, category, summary, why };
  return { data, words: explainedRule(id, COLUMNS) ?? summary };
}

const COLUMNS = 100;
const SILENT = { report() {}, end() {} };

/** Only the directories of the user are trusted, not projects of others below them, such as installed packages. */
function isTrusted(directory: string, { directories, trusted }: Allowed): boolean {
  return trusted && directories.includes(directory);
}

function openAllowed(directory: string, allowed: Allowed) {
  const { online, trustedRoot } = allowed;
  return openProject(directory, { online, trusted: isTrusted(directory, allowed), trustedRoot });
}
