import type { Automation, AutomationJob, AutomationStep } from '../../read/automation/automation.ts';
import { programCalls } from '../../read/automation/program-calls.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import type { Located, Span } from '../../read/text/span.ts';

/** Triggers that run with the secrets of the repository, on what anybody may send. */
const PRIVILEGED: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);
/** The same, but there is no code to check out. */
const WITH_TEXT: ReadonlySet<string> = new Set([...PRIVILEGED, 'issues', 'discussion', 'discussion_comment']);
const UNPRIVILEGED: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

/** Code of a pull request that runs with secrets. */
export interface PrivilegedCheckout {
  readonly trigger: Located<string>;
  readonly job: AutomationJob;
  readonly checkout: Span;
  /** What runs it, for messages. */
  readonly runs: string;
  /** Whether a maintainer has to approve it, or it has no secrets and no rights. */
  readonly isLimited: boolean;
}

const OF_PULL_REQUEST =
  /github\.event\.pull_request\.head\.|github\.head_ref|refs\/pull\/|github\.event\.workflow_run\.head_|github\.event\.(?:issue|pull_request)\.number/;

/** Yields the jobs of a workflow that check out and run the code of a pull request with the rights of the repository. */
export function* privilegedCheckouts(file: Automation): Generator<PrivilegedCheckout> {
  const trigger = file.triggers.find(({ value }) => PRIVILEGED.has(value));
  if (trigger === undefined || file.system !== 'github') return;
  for (const job of file.jobs) {
    const at = job.steps.findIndex(checksOutPullRequest);
    const checkout = job.steps[at];
    if (checkout === undefined || isForPushes(job, checkout)) continue;
    const runs = job.steps.slice(at).flatMap((step) => runsCode(step) ?? [])[0];
    if (runs === undefined) continue;
    yield { trigger, job, checkout: checkout.span, runs, isLimited: isLimited(job, file) };
  }
}

function checksOutPullRequest({ uses, with: inputs, commands, script }: AutomationStep): boolean {
  if (/^actions\/checkout@/.test(uses?.value ?? ''))
    return inputs.some(
      ({ key, value }) =>
        (key.value === 'ref' || key.value === 'repository') && OF_PULL_REQUEST.test(value?.text ?? ''),
    );
  return (
    commands.some(({ words }) => /^gh pr checkout\b/.test(words.map(({ text }) => text).join(' '))) ||
    /\bgit fetch \S+ (?:\+?refs\/)?pull\/\$/.test(script?.value ?? '')
  );
}

/** Returns a program or action of the checked out folder that a step runs. */
function runsCode({ uses, commands }: AutomationStep): string | undefined {
  if (uses !== undefined) return uses.value.startsWith('./') ? uses.value : undefined;
  for (const { program, word, args } of programCalls(commands)) {
    const command = [word, ...args.slice(0, 1)].map(({ text }) => text).join(' ');
    if (managerOfProgram(program) !== undefined && !/ (?:--version|-v|config|view|audit)$/.test(command))
      return command;
    if (program === 'make' || /^\.{1,2}\//.test(word.text)) return word.text;
  }
  return undefined;
}

function isForPushes(job: AutomationJob, step: AutomationStep): boolean {
  return /workflow_run\.event *== *'(?:push|schedule|release|workflow_dispatch)'/.test(
    `${job.condition} ${step.condition}`,
  );
}

function isLimited(job: AutomationJob, file: Automation): boolean {
  const conditions = [job, ...job.steps].map(({ condition }) => condition).join(' ');
  if (job.hasEnvironment || /author_association|label|permission|github\.actor|user\.login/i.test(conditions))
    return true;
  const { value } = job.permissions ?? file.permissions ?? {};
  if (value?.type !== 'map' && value?.type !== 'scalar') return false;
  const rights = file.text.slice(value.span.start, value.span.end);
  return !/write/.test(rights) && !/\bsecrets\.(?!GITHUB_TOKEN)/.test(file.text);
}

/** A text that anybody may write, in a script. */
export interface InjectedText {
  /** The expression without its brackets. */
  readonly expression: string;
  readonly span: Span;
  /** Whether the script has the rights of the repository. */
  readonly isPrivileged: boolean;
}

const EXPRESSION = /\$\{\{([^}]{1,500})\}\}/g;
const FREE_TEXT =
  /\bgithub\.(?:head_ref|event\.(?:(?:issue|pull_request|discussion)\.(?:title|body)|(?:comment|review)\.body|pull_request\.head\.(?:ref|label)|workflow_run\.(?:head_branch|display_title|head_commit\.message)))\b/;
/** Functions with a result that is no text of anybody. */
const HARMLESS = /^\s*!?(?:contains|startsWith|endsWith)\(|[=!]=|&&/;

/** Yields such expressions in the scripts of a workflow. */
export function* injectedTexts(file: Automation): Generator<InjectedText> {
  if (file.system !== 'github') return;
  const isPrivileged = file.triggers.some(({ value }) => WITH_TEXT.has(value));
  if (!isPrivileged && !file.triggers.some(({ value }) => UNPRIVILEGED.has(value))) return;
  for (const { steps } of file.jobs) {
    for (const { script, uses, with: inputs } of steps) {
      const isScript = /^actions\/github-script@/.test(uses?.value ?? '');
      const input = isScript ? inputs.find(({ key }) => key.value === 'script')?.value : undefined;
      const span = script?.span ?? input?.span;
      if (span === undefined) continue;
      for (const match of file.text.slice(span.start, span.end).matchAll(EXPRESSION)) {
        const expression = match[1]!.trim();
        if (!FREE_TEXT.test(expression) || HARMLESS.test(expression)) continue;
        const start = span.start + match.index;
        yield { expression, span: { start, end: start + match[0].length }, isPrivileged };
      }
    }
  }
}
