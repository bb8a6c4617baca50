import type { Automation, AutomationStep } from '../../read/automation/automation.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import type { Span } from '../../read/text/span.ts';
import { callsOf, type InstallCall, installsOf, type StepCall, spanOfCall } from './commands-of.ts';

const AUDITORS =
  /^(?:osv-scanner|audit-ci|better-npm-audit|snyk|socket|dephygiene|trivy|grype|retire|auditjs)$/;
const ACTIONS = /dependency-review|osv-scanner|audit|snyk|socket|trivy|grype|dephygiene|scorecard|security/i;

/** Checks whether any job of these files looks for known vulnerabilities. */
export function auditsAnywhere(files: readonly Automation[]): boolean {
  return files.some(
    (file) => file.jobs.some(({ steps }) => steps.some(usesAuditor)) || callsOf(file).some(isAudit),
  );
}

function usesAuditor({ uses }: AutomationStep): boolean {
  return uses !== undefined && ACTIONS.test(uses.value);
}

/** Checks for `npm audit`, `yarn npm audit` and other auditors, also as a script or by `npx`. */
function isAudit({ program, args }: StepCall): boolean {
  if (AUDITORS.test(program)) return true;
  if (managerOfProgram(program) === undefined) return false;
  const words = args.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  return words
    .slice(0, 3)
    .some((word) => /audit|security/.test(word) || AUDITORS.test(word.replace(/@.*/, '')));
}

/** What hides the result of an audit, and what to delete. */
interface HiddenAudit {
  readonly span: Span;
  readonly by: string;
  /** Undefined for a line of a step. */
  readonly edit: Span | undefined;
}

/** Yields the audits of a file whose result nobody sees. */
export function* hiddenAudits(file: Automation): Generator<HiddenAudit> {
  const calls = callsOf(file);
  for (const [at, call] of calls.entries()) {
    if (!isPlainAudit(call)) continue;
    const next = calls[at + 1];
    const ignored = call.step.ignoresFailure;
    const isSwallowed =
      call.after === '||' &&
      next?.step === call.step &&
      /^(?:true|:)$/.test(next.program) &&
      next.args.length === 0;
    if (isSwallowed) {
      const { end } = next.word.span;
      yield { span: next.word.span, by: `|| ${next.word.text}`, edit: { start: spanOfCall(call).end, end } };
    } else if (ignored !== undefined)
      yield { span: ignored.keySpan, by: `${ignored.key}: true`, edit: undefined };
  }
}

/** Checks for the command of a package manager, which needs only the lockfile. */
function isOwnAudit(call: StepCall): boolean {
  const words = call.args.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  const isOwn = words[0] === 'audit' || (words[1] === 'audit' && managerOfProgram(words[0]!) !== undefined);
  return (
    isOwn &&
    isPlainAudit(call) &&
    managerOfProgram(call.program) !== undefined &&
    !words.includes('signatures')
  );
}

function isPlainAudit(call: StepCall): boolean {
  return (
    isAudit(call) && !call.args.some(({ text }) => text === 'fix' || text === '--json' || /^>/.test(text))
  );
}

/** Returns the install of a job whose audit comes after it; undefined if one comes before it, or its scripts are off. */
export function installBeforeAudit(file: Automation): InstallCall | undefined {
  const installs = installsOf(file).filter(
    ({ install, isElsewhere }) => install.place === 'project' && !isElsewhere,
  );
  for (const job of file.jobs) {
    const install = installs.find((call) => call.job === job);
    const audit = callsOf(file).find((call) => call.job === job && isOwnAudit(call));
    if (install === undefined || audit === undefined || audit.word.span.start < install.word.span.start)
      continue;
    if (!install.args.some(({ text }) => /^--ignore-scripts(?:=true)?$/.test(text))) return install;
  }
  return undefined;
}

/** Returns the first install of a file. */
export function firstInstall(file: Automation): InstallCall | undefined {
  return installsOf(file).find(({ install, isElsewhere }) => install.place === 'project' && !isElsewhere);
}
