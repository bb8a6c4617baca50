import { dayOf } from '../../core/read/policy-file/day.ts';
import { resolveExtends } from '../../core/read/policy-file/extends/resolve-extends.ts';
import type { Policy } from '../../core/read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../core/read/policy-file/policy-loosening.ts';
import { readPolicy } from '../../core/read/policy-file/read-policy.ts';
import type { Finding } from '../../core/read/text/finding.ts';
import { indexLines } from '../../core/read/text/lines/line-index.ts';
import { joinUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { effectiveEntries } from '../../core/show/report/policy/effective-entries.ts';
import { type PolicyReport, policyJson, policyText } from '../../core/show/report/policy/policy-report.ts';
import { POLICY_START } from '../../core/show/report/policy/policy-start.ts';
import { DEFAULT_SETTINGS } from '../../engine/settings.ts';
import { systemClock } from '../system-clock.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { lockedPolicyOf } from './given/given-policy.ts';
import { loadProject } from './one-project.ts';
import type { Terminal } from './terminal.ts';
import { unifiedDiff } from './unified-diff.ts';
import { writeEdits } from './write-edits.ts';

const HELP = `Starts, shows or checks the policy of a project: dependency-hygiene.json.

Usage
  dephygiene policy init [dir] [--write]
  dephygiene policy show [dir] [--policy <file>] [--format text|json]
  dephygiene policy lint [dir] [--policy <file>]

Options
  --write               init: write the file. Without it the text is only
                        printed
  --policy <file>       the locked policy of an organization, as for check
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

"policy init" prints a start with comments. "policy show" prints the effective
policy, each line with its file and line. It also lists the entries that the
organization does not permit. "policy lint" lists each entry that is invalid,
expired or without effect.

Exit code
  0   a policy is there or was written, was shown, or has no faults
  1   "policy init" found no policy, or "policy lint" found faults
  2   usage error, a file cannot be written, lint without a policy, or show with
      a policy that is invalid or extends one that cannot be read

Examples
  dephygiene policy init --write
  dephygiene policy show --policy ../organization/dependency-hygiene.json
`;

const POLICY_FILE = 'dependency-hygiene.json';

export const policy: Command = {
  subcommands: { init: async () => init, show: async () => show, lint: async () => lint },
  help: () => HELP,
  run() {
    throw new WrongUse('policy needs a command; run "dephygiene policy show".');
  },
};

const init: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('policy init', args, { write: 'boolean' });
    const directory = await directoryOf('policy init', given.positionals);
    const { project, textOf } = await load(directory, undefined, terminal);
    if (project.policy.uri !== undefined) {
      const path = relativeUri(project.root, project.policy.uri);
      terminal.out(`The project has a policy: ${path}.\n`);
      return 0;
    }
    const uri = joinUri(project.root, POLICY_FILE);
    const edit = { uri, span: { start: 0, end: 0 }, newText: POLICY_START };
    const isWritten = given.flag('write');
    if (isWritten) await writeEdits({ root: project.root, edits: [edit], textOf });
    terminal.out(
      isWritten
        ? `${POLICY_FILE} was written.\n`
        : `${unifiedDiff(POLICY_FILE, undefined, POLICY_START)}\nNothing was written. Add --write to write this file.\n`,
    );
    return isWritten ? 0 : 1;
  },
};

const show: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('policy show', args, { policy: 'string', ...FORMAT_OPTIONS });
    const format = formatOf(given, ['text', 'json']);
    const directory = await directoryOf('policy show', given.positionals);
    const locked = await lockedPolicyOf(given);
    const { project, textOf, findings } = await load(directory, locked, terminal);
    const { policy: effective, policyOverruled: overruled = [], root } = project;
    const own = filesAt(effective.uri, textOf);
    const today = dayOf(systemClock.now());
    const sources = { effective, own, organisation: filesAt(locked, textOf), overruled, today };
    const report = {
      root,
      entries: effectiveEntries(sources),
      overruled,
      problems: problemsOf(project.policy, overruled, findings, textOf),
      hasFile: effective.uri !== undefined,
    };
    terminal.out(format === 'json' ? policyJson(report) : policyText(report));
    return report.problems.length === 0 ? 0 : 2;
  },
};

const lint: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('policy lint', args, { policy: 'string' });
    const directory = await directoryOf('policy lint', given.positionals);
    const { project, textOf, findings } = await load(directory, await lockedPolicyOf(given), terminal);
    const { uri } = project.policy;
    if (uri === undefined)
      throw new WrongUse(`${directory} has no ${POLICY_FILE}; run "dephygiene policy init".`);
    const faults = findings(uri).filter(({ rule }) => RULES_OF_POLICY.has(rule));
    const lines = indexLines(textOf(uri) ?? '');
    for (const { span, message } of faults) {
      const { line, character } = lines.positionAt(span.start);
      terminal.out(`${relativeUri(project.root, uri)}:${line + 1}:${character + 1}: ${message}\n`);
    }
    if (faults.length === 0) terminal.out(`${relativeUri(project.root, uri)} has no faults.\n`);
    return faults.length === 0 ? 0 : 1;
  },
};

/** Returns what is invalid, each with its place. What the organisation does not permit is listed by itself. */
function problemsOf(
  { uri }: Policy,
  overruled: readonly PolicyLoosening[],
  findings: (uri: Uri) => readonly Finding[],
  textOf: (uri: Uri) => string | undefined,
): PolicyReport['problems'] {
  if (uri === undefined) return [];
  const lines = indexLines(textOf(uri) ?? '');
  return findings(uri)
    .filter(({ rule }) => rule === 'policy-file-invalid')
    .filter(({ span: at }) => !overruled.some(({ span }) => span?.start === at.start))
    .map(({ span, message }) => ({ uri, line: lines.positionAt(span.start).line + 1, message }));
}

/** The rules that report entries of the file itself. */
const RULES_OF_POLICY: ReadonlySet<string> = new Set(['policy-file-invalid', 'audit-ignore-invalid']);

async function load(directory: string, organisationPolicy: Uri | undefined, terminal: Terminal) {
  const settings = { ...DEFAULT_SETTINGS, organisationPolicy };
  const { session, snapshot } = await loadProject(directory, settings, terminal);
  const { project } = snapshot();
  const whole = session.snapshot();
  const { uri } = project.policy;
  const found = uri === undefined ? [] : whole.diagnose(uri).findings;
  session.dispose();
  terminal.progress.end();
  return { project, textOf: whole.textOf, findings: (of: Uri) => found.filter((one) => one.uri === of) };
}

/** Returns a policy and those that it extends. */
function filesAt(uri: Uri | undefined, textOf: (uri: Uri) => string | undefined): readonly Policy[] {
  const read = (at: Uri) => {
    const text = textOf(at);
    return text === undefined ? undefined : readPolicy(at, text);
  };
  const file = uri === undefined ? undefined : read(uri);
  // What it may extend is already decided: only those files were read.
  return file === undefined ? [] : [file, ...resolveExtends(file, TOP, (at) => read(at) ?? 'missing').files];
}

const TOP = 'file:///';
