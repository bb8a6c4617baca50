import { type Automation, type AutomationJob, isOfDevelopers } from '../../read/automation/automation.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { FrozenInstall } from '../../read/manager/model/frozen-install.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { ScriptWord } from '../../read/text/shell/read-shell-script.ts';
import type { Span } from '../../read/text/span.ts';
import { followsChange } from './changed-declarations.ts';
import { type InstallCall, installsOf, spanOfCall } from './commands-of.ts';

/** An install of what the manifests declare that may change locked versions, or that has a deprecated option. */
export interface UnlockedInstall {
  /** As written, for messages. */
  readonly command: string;
  /** What keeps the lockfile. */
  readonly instead: string;
  readonly isDeprecated: boolean;
  /** Whether a Dockerfile copies the lockfile, without which the other command fails; true for CI. */
  readonly hasLockfile: boolean;
  readonly edits: readonly TextEdit[];
  /** The number of equal commands in the file. */
  readonly more: number;
}

/** Yields such installs of the project's own lockfile, except in steps and jobs that are there to change it. */
export function* unlockedInstalls(
  file: Automation,
  project: Project,
): Generator<UnlockedInstall & { readonly span: Span }> {
  const { frozenInstall, name } = specOf(project.manager);
  if (project.lockfile === undefined || frozenInstall === undefined || isOfDevelopers(file)) return;
  for (const call of installsOf(file)) {
    const { spec, install, job, step } = call;
    if (spec.name !== name || install.place !== 'project' || call.isElsewhere) continue;
    if (UPDATING.test(step.name) || UPDATING.test(job.name.value) || commits(job)) continue;
    if (followsChange(call, file, isUnfrozen(call, frozenInstall))) continue;
    const option = deprecatedOption(call, frozenInstall);
    const word = installWord(call, frozenInstall);
    if (install.isFrozen && option !== undefined) yield withoutDeprecated(call, option, frozenInstall);
    else if (!install.isFrozen && word !== undefined && isUnlocked(call, frozenInstall, file))
      yield frozen(call, word, frozenInstall, file);
  }
}

const UPDATING = /\b(?:updat|upgrad|renovate|bump|dedupe|lock ?file)/i;
const COMMITTING_ACTIONS = /create-pull-request|git-auto-commit|add-and-commit|changesets\/action/;

function commits({ steps }: AutomationJob): boolean {
  return steps.some(
    ({ uses, commands }) =>
      COMMITTING_ACTIONS.test(uses?.value ?? '') ||
      commands.some(({ words }) => {
        const at = words.findIndex(({ text }) => text === 'git');
        return at !== -1 && words.slice(at).some(({ text }) => text === 'commit' || text === 'push');
      }),
  );
}

function deprecatedOption({ args }: InstallCall, { deprecated }: FrozenInstall): ScriptWord | undefined {
  return args.find(({ text }) => deprecated.has(text));
}

/** Returns the word that begins such an install, or the program itself; undefined for other commands. */
function installWord({ args, word }: InstallCall, { words }: FrozenInstall): ScriptWord | undefined {
  const first = args.find(({ text }) => !text.startsWith('-'));
  if (first === undefined) return words.has('') ? word : undefined;
  return words.has(first.text) ? first : undefined;
}

function isUnlocked(
  { args, install, variables }: InstallCall,
  frozen: FrozenInstall,
  file: Automation,
): boolean {
  if (install.specs.length > 0 || args.some(({ text }) => frozen.onlyWriting.has(text))) return false;
  if (isUnfrozen({ args }, frozen)) return true;
  // Nothing sets the variable in a container build but the file itself.
  const hasCi =
    file.system !== 'docker' || variables.some((each) => /^CI=(?!false|0?$)/.test(each)) || setsCi(file);
  return frozen.isDefaultInCi === false || (file.system === 'docker' && !hasCi);
}

function isUnfrozen({ args }: Pick<InstallCall, 'args'>, { unfreezing }: FrozenInstall): boolean {
  return args.some(({ text }) => unfreezing.has(text));
}

function setsCi({ jobs }: Automation): boolean {
  return jobs.some(({ env }) => env.some(({ key }) => key.value === 'CI'));
}

function frozen(
  call: InstallCall,
  word: ScriptWord,
  { word: other, option, deprecated, unfreezing }: FrozenInstall,
  file: Automation,
): UnlockedInstall & { readonly span: Span } {
  const edits: TextEdit[] = [];
  const parts: string[] = [call.word.text];
  if (word === call.word && other !== undefined) parts.push(other);
  let isThere = option === undefined;
  for (const arg of call.args) {
    const isOff = unfreezing.has(arg.text);
    const newText =
      arg === word ? (other ?? arg.text) : isOff ? option! : (deprecated.get(arg.text) ?? arg.text);
    if (isOff) isThere = true;
    if (newText !== arg.text) edits.push({ span: arg.span, newText });
    parts.push(newText);
  }
  if (!isThere) {
    parts.push(option!);
    edits.push({ span: { start: word.span.end, end: word.span.end }, newText: ` ${option}` });
  }
  return {
    command: written(call),
    instead: parts.join(' '),
    isDeprecated: false,
    hasLockfile: file.system !== 'docker' || copiesLockfile(call, file),
    edits,
    more: 0,
    span: spanOfCall(call),
  };
}

function withoutDeprecated(
  call: InstallCall,
  option: ScriptWord,
  { deprecated }: FrozenInstall,
): UnlockedInstall & { readonly span: Span } {
  const newText = deprecated.get(option.text)!;
  const words = [call.word, ...call.args].map((word) => (word === option ? newText : word.text));
  return {
    command: written(call),
    instead: words.join(' '),
    isDeprecated: true,
    hasLockfile: true,
    edits: [{ span: option.span, newText }],
    more: 0,
    span: option.span,
  };
}

function written({ word, args }: InstallCall): string {
  return [word, ...args].map(({ text }) => text).join(' ');
}

/** Checks whether an instruction before the install copies a lockfile, or all. */
function copiesLockfile({ step }: InstallCall, { jobs }: Automation): boolean {
  const before = jobs.flatMap(({ steps }) => steps).filter(({ span }) => span.start < step.span.start);
  return before.some(
    ({ instruction, script }) =>
      (instruction === 'COPY' || instruction === 'ADD') &&
      /(?:^|\s)(?:\.\/?|package\*\.json|\S*(?:-lock\.\w+|\.lock|shrinkwrap\.json|lock\*))(?=\s)/.test(
        script?.value ?? '',
      ),
  );
}
