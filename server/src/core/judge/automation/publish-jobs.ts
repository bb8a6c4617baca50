import type { Automation, AutomationJob, AutomationStep } from '../../read/automation/automation.ts';
import type { ConfigEntry } from '../../read/config/tree/config-tree.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import type { ScriptWord } from '../../read/text/shell/read-shell-script.ts';
import type { Span } from '../../read/text/span.ts';
import { callsOf, type StepCall, spanOfCall } from './commands-of.ts';

/** A way in which a job that publishes to the public registry could be safer. */
export interface PublishWeakness {
  /**
   * token: it has a long-lived token; permissions: its own token may write all; cache: packages come from a cache that other
   * workflows write; provenance: it publishes without.
   */
  readonly kind: 'token' | 'permissions' | 'cache' | 'provenance';
  /** The variable, input or command. */
  readonly name: string;
  readonly span: Span;
  readonly command: Span;
}

/** Yields the weaknesses of the jobs of a GitHub workflow that publish. */
export function* publishWeaknesses(file: Automation, project: Project): Generator<PublishWeakness> {
  if (file.system !== 'github') return;
  for (const job of file.jobs) {
    const call = publishingIn(job, file);
    if (call === undefined || !isForPublicRegistry(call, job, file, project)) continue;
    const { command } = call;
    const token = tokenFor(call.step, job, file);
    if (token !== undefined) yield { kind: 'token', name: token.key.value, span: token.key.span, command };
    if (mayWriteAll(job, file))
      yield { kind: 'permissions', name: job.name.value, span: job.name.span, command };
    const cache = cacheOf(job);
    if (cache !== undefined) yield { kind: 'cache', name: cache.key.value, span: cache.key.span, command };
    const off = call.args.find(({ text }) => text === '--no-provenance' || text === '--provenance=false');
    if (off !== undefined) yield { kind: 'provenance', name: off.text, span: off.span, command };
  }
}

/** What publishes in a job. */
interface Publishing {
  readonly step: AutomationStep;
  readonly args: readonly ScriptWord[];
  readonly command: Span;
}

/** Tools that publish by themselves, unless they are told not to. */
const TOOLS: ReadonlySet<string> = new Set([
  'semantic-release',
  'multi-semantic-release',
  'release-it',
  'np',
]);
const TOOL_ACTIONS =
  /^(?:changesets\/action|cycjimmy\/semantic-release-action|codfish\/semantic-release-action)@/;

/**
 * Returns the first step of a job that publishes. A tool or action counts only with a token, as it may publish elsewhere or
 * nothing.
 */
function publishingIn(job: AutomationJob, file: Automation): Publishing | undefined {
  const found: Publishing[] = [];
  for (const call of callsOf(file)) {
    const { step, args } = call;
    if (call.job !== job) continue;
    if (publishes(call) || (isTool(call) && tokenFor(step, job, file) !== undefined))
      found.push({ step, args, command: spanOfCall(call) });
  }
  for (const step of job.steps) {
    const { uses } = step;
    if (uses === undefined || !TOOL_ACTIONS.test(uses.value)) continue;
    const publish = step.with.find(({ key }) => key.value === 'publish');
    const isChangesets = uses.value.startsWith('changesets/');
    if (isChangesets && (publish?.value?.text ?? '') === '') continue;
    if (tokenFor(step, job, file) !== undefined) found.push({ step, args: [], command: uses.span });
  }
  return found.sort((a, b) => a.command.start - b.command.start)[0];
}

function tokenFor(step: AutomationStep, job: AutomationJob, file: Automation): ConfigEntry | undefined {
  return [...step.env, ...job.env, ...file.env].find(isToken);
}

/** Checks for `semantic-release`, `changeset publish` and the like, also by `npx`. */
function isTool({ program, args }: StepCall): boolean {
  if (args.some(({ text }) => /^--(?:dry-run|no-npm|npm\.publish=false)$|^-d$/.test(text))) return false;
  const words = [program, ...args.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text)];
  const at =
    managerOfProgram(program) === undefined ? 0 : 1 + Number(/^(?:exec|dlx|x|run)$/.test(words[1] ?? ''));
  const name = (words[at] ?? '').replace(/(?<=.)@.*$/, '');
  return TOOLS.has(name) || (/^(?:@changesets\/cli|changeset)$/.test(name) && words[at + 1] === 'publish');
}

/** Checks for `publish` of a package manager, with words such as `npm` or `-r` before it. */
function publishes({ program, args }: StepCall): boolean {
  if (managerOfProgram(program) === undefined || args.some(({ text }) => text === '--dry-run')) return false;
  const words = args.filter(({ text }) => !text.startsWith('-')).map(({ text }) => text);
  const at = words.indexOf('publish');
  return at === 0 || (at === 1 && managerOfProgram(words[0]!) !== undefined);
}

function isForPublicRegistry(
  call: Publishing,
  job: AutomationJob,
  file: Automation,
  project: Project,
): boolean {
  const { npmConfig, rootManifest } = project;
  const setup = job.steps.flatMap(({ uses, with: inputs }) =>
    /^actions\/setup-node@/.test(uses?.value ?? '')
      ? inputs.filter(({ key }) => key.value === 'registry-url')
      : [],
  );
  const option = call.args.flatMap(({ text }, at) =>
    text === '--registry'
      ? (call.args[at + 1]?.text ?? '')
      : text.startsWith('--registry=')
        ? text.slice(11)
        : [],
  );
  const variables = [...call.step.env, ...job.env, ...file.env].filter(({ key }) =>
    /^npm_config_registry$/i.test(key.value),
  );
  const named = [...option, ...[...variables, ...setup].map(({ value }) => value?.text ?? '')];
  if (named.length > 0) return named.every((url) => npmConfig.isPublic(url));
  // Without a name in the workflow, the packages say where they go.
  return rootManifest === undefined || isPublicHere(rootManifest.publishConfig?.registry?.value, project);
}

function isPublicHere(registry: string | undefined, { npmConfig, rootManifest }: Project): boolean {
  return npmConfig.isPublic(registry ?? npmConfig.registryFor(rootManifest?.name?.value ?? 'x').url);
}

function isToken({ key, value }: ConfigEntry): boolean {
  const isNamed = /^(?:NODE_AUTH_TOKEN|(?:NPM|YARN_NPM)\w*TOKEN)$/i.test(key.value);
  return isNamed && /\bsecrets\.(?!GITHUB_TOKEN\b)\w/.test(value?.text ?? '');
}

function mayWriteAll(job: AutomationJob, file: Automation): boolean {
  const permissions = job.permissions ?? file.permissions;
  if (permissions === undefined) return true;
  return permissions.value?.type === 'scalar' && permissions.value.text === 'write-all';
}

/** Returns the input of setup-node that restores a cache of packages. */
function cacheOf({ steps }: AutomationJob): ConfigEntry | undefined {
  return steps
    .filter(({ uses }) => /^actions\/setup-node@/.test(uses?.value ?? ''))
    .flatMap(({ with: inputs }) => inputs)
    .find(
      ({ key, value }) => key.value === 'cache' && /^\w+$/.test(value?.text ?? '') && value?.text !== 'false',
    );
}
