import { PUBLIC_REGISTRY } from '../../../generated/npm-defaults.ts';
import type { AdvisoryIndex } from '../../core/know/advisory/advisory-index.ts';
import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import { readPolicy } from '../../core/read/policy-file/read-policy.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { incidentCsv } from '../../core/show/report/incident/incident-csv.ts';
import { incidentJson } from '../../core/show/report/incident/incident-json.ts';
import { incidentMarkdown } from '../../core/show/report/incident/incident-markdown.ts';
import {
  type IncidentReport,
  type IncidentRepository,
  incidentExitCode,
} from '../../core/show/report/incident/incident-report.ts';
import { incidentText } from '../../core/show/report/incident/incident-text.ts';
import { crypto } from '../builtin-on-demand.ts';
import { createDiskCache } from '../disk-cache.ts';
import { pathOf, uriOfPath } from '../disk-files.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { findGit } from '../git/git-program.ts';
import { createLockfileJudge } from '../incident/judge-lockfile.ts';
import { createKnownEntries } from '../incident/known-entries.ts';
import { openIndexes, QuestionProblem, readQuestion } from '../incident/read-question.ts';
import { searchAll } from '../incident/search-all.ts';
import type { SearchContext } from '../incident/search-repository.ts';
import { prepareTextScan } from '../incident/text-scan.ts';
import { npmContents } from '../installed/cache-folders.ts';
import { createNodePorts } from '../node-ports.ts';
import { optimizeLess } from '../quick-start.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { type Arguments, FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { lockedPolicyOf } from './given/given-policy.ts';
import { givenRepositories } from './given/given-repositories.ts';
import type { Terminal } from './terminal.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { VERSION } from './version.ts';

const HELP = `Reports which repositories lock, or ever locked, bad versions.

Usage
  dephygiene incident <question> [dir...] [options]

Question
  <id>                  an advisory or malware report on this machine, or the
                        name of an incident: GHSA-..., MAL-..., jounqin-phishing
  <package>@<range>     versions of a package: axios@1.14.1, "chalk@>=5.6.1 <6"
  <package>             its versions that are known malware
  <file>                OSV records (JSON, NDJSON), a table (CSV, TSV, Markdown)
                        with the columns name and version, or a list of
                        name@version (lines, JSON); gzip as well

Options
  --repos <dir>         search every repository and bare clone in this folder
                        and one level deeper
  --history             read the lockfiles of all commits, from all branches,
                        tags and stashes; otherwise working trees and HEAD
  --policy <file>       the organization's policy, whose contacts, communication
                        plan and rollback follow the next steps
  --format text|json|markdown|csv
                        text for people (default), json for programs
  --json                the same as --format json

Nothing is sent, checked out or run but git. Without a directory the current one
is searched. Repositories inside a working tree, such as submodules, are
searched too. A second run reads only what is new.

Exit code
  0   nothing was hit, and everything was read
  1   something was hit, and everything was read
  2   usage error, or something could not be read, whether there are hits or not

Examples
  dephygiene incident jounqin-phishing --repos ~/src --history
  dephygiene incident axios@1.14.1 --format markdown
  dephygiene incident list.csv --repos /srv/git --history --format csv
`;

/** Finds repositories that lock bad versions. */
export const incident: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('incident', args, {
      repos: 'string',
      history: 'boolean',
      policy: 'string',
      ...FORMAT_OPTIONS,
    });
    const format = formatOf(given, ['text', 'json', 'markdown', 'csv']);
    const [question, ...directories] = given.positionals;
    if (question === undefined)
      throw new WrongUse('incident needs a question; run "dephygiene incident <id|package@range|file>".');
    const policy = await policyOf(given);
    const { places, gaps } = await givenRepositories('incident', given, directories);
    const ports = createNodePorts({
      roots: () => places.map(({ directory }) => uriOfPath(directory)),
      version: undefined,
    });
    let indexes: readonly AdvisoryIndex[] | undefined;
    const bad = await badVersions(question, () => {
      indexes ??= openIndexes([() => ports.advisories?.(), () => ports.database?.read()]);
      return indexes;
    });
    optimizeLess();
    const stopper = new AbortController();
    const program = await findGit({
      environment: process.env,
      platform: process.platform,
      untrusted: places.map(({ directory }) => directory),
    });
    const startScan = prepareTextScan(bad);
    const entries = createKnownEntries();
    const context: SearchContext = {
      bad,
      question: hashOf(bad),
      startJudge: () => createLockfileJudge(bad, startScan, entries),
      git: program === undefined ? undefined : { program, environment: process.env },
      isHistory: given.flag('history'),
      cache:
        ports.cacheDirectory === undefined ? undefined : createDiskCache({ directory: ports.cacheDirectory }),
      machine: { npmCache: npmContents(), registry: PUBLIC_REGISTRY },
      now: ports.clock.now,
      progress: places.length === 1 ? terminal.progress : { report() {} },
      signal: stopper.signal,
    };
    const repositories = await untilInterrupted(
      () =>
        searchAll(places, context, terminal.progress).catch((error: unknown) => endOf(error, stopper.signal)),
      () => stopper.abort(),
    );
    terminal.progress.end();
    const report: IncidentReport = {
      label: bad.label,
      packages: bad.claims.size,
      asked: versionsOf(bad),
      isHistory: context.isHistory,
      repositories,
      gaps: [...gaps, ...bad.unread.map((reason) => ({ subject: question, reason }))],
      machine: [MACHINE],
      notes: policy === undefined ? undefined : readPolicy(policy.uri, policy.text).incident,
    };
    terminal.out(textOf(report, format, terminal));
    return incidentExitCode(report);
  },
};

/** Reads the file of `--policy`; undefined without it. */
async function policyOf(given: Arguments): Promise<{ readonly uri: Uri; readonly text: string } | undefined> {
  const uri = await lockedPolicyOf(given);
  if (uri === undefined) return undefined;
  const text = await readBoundedText(pathOf(uri)!, { maxBytes: MAX_POLICY });
  return { uri, text };
}

const MAX_POLICY = 50 * 1024 * 1024;

const MACHINE =
  "Searched on this machine for what was found: the records of node_modules, Yarn's cache in the project and npm's cache. Not looked at: the stores of pnpm, Yarn and Bun, other machines, CI caches and images.";

/** An interrupted search has no result, and none is awaited. */
function endOf(error: unknown, signal: AbortSignal): readonly IncidentRepository[] {
  if (signal.aborted) return [];
  throw error;
}

async function badVersions(question: string, indexes: () => readonly AdvisoryIndex[]): Promise<BadVersions> {
  try {
    return await readQuestion(question, indexes);
  } catch (error) {
    if (error instanceof QuestionProblem) throw new WrongUse(error.message);
    throw error;
  }
}

/** Returns the versions of the only package; undefined for several packages. */
function versionsOf({ claims }: BadVersions): IncidentReport['asked'] {
  const [only, ...others] = claims;
  if (only === undefined || others.length > 0) return undefined;
  const [name, list] = only;
  return { name, range: [...new Set(list.map(({ range }) => range))].join(' || ') };
}

/** Identifies the question and the program: verdicts of another one do not count. */
function hashOf({ claims }: BadVersions): string {
  const hash = crypto().createHash('sha256').update(VERSION);
  for (const [name, list] of [...claims].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(
      JSON.stringify([name, list.map(({ range, published, removed }) => [range, published, removed])]),
    );
  return hash.digest('hex');
}

function textOf(report: IncidentReport, format: string, { columns, colour }: Terminal): string {
  switch (format) {
    case 'json':
      return incidentJson(report);
    case 'markdown':
      return incidentMarkdown(report);
    case 'csv':
      return incidentCsv(report);
    default:
      return incidentText(report, { columns, colour });
  }
}
