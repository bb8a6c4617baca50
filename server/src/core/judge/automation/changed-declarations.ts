import type { Automation, AutomationJob, AutomationStep } from '../../read/automation/automation.ts';
import { managerOfProgram } from '../../read/manager/managers.ts';
import { callsOf, type InstallCall, installsOf, type StepCall } from './commands-of.ts';

/** Programs that change the files that they are given, with an option. */
const EDITORS: ReadonlySet<string> = new Set(['yq', 'sed', 'gsed', 'perl']);
const IN_PLACE = /^-[a-z]*i|^--in-?place/;
/** Files that say what is installed. */
const DECLARING =
  /(?:^|[/=])(?:package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml|package-lock\.json|pnpm-lock\.yaml|yarn\.lock)$/;
const REDIRECTED = /(?<!\d)>\s*["']?(?:[^\s"']*\/)?(?:package\.json|pnpm-workspace\.yaml)\b/;
const COMMENT = /^[ \t]*#.*$/gm;
/** Commands of package managers that change what is declared or locked; those that install packages are read apart. */
const CHANGING =
  /^(?:pkg (?:set|delete)\b|version \S|update\b|up\b|upgrade\b|remove\b|rm\b|uninstall\b|un\b|dedupe\b)/;

/**
 * Checks whether the lockfile need not match what is declared when an install runs: an earlier command of its job has
 * changed that, or an option that unfreezes the lockfile stands in a step for other versions of a matrix. Another kind of
 * install would fail there.
 *
 * @param isUnfrozen whether an option says so
 */
export function followsChange(call: InstallCall, file: Automation, isUnfrozen: boolean): boolean {
  const { job, step, word } = call;
  if (isUnfrozen && isForMatrix(step)) return true;
  const at = word.span.start;
  const isBefore = (other: StepCall) => other.job === job && !other.isElsewhere && other.word.span.start < at;
  return (
    writesDeclarations(job, at) ||
    callsOf(file).some((other) => isBefore(other) && changesDeclarations(other)) ||
    installsOf(file).some((other) => isBefore(other) && addsPackages(other))
  );
}

function changesDeclarations({ program, args }: StepCall): boolean {
  return managerOfProgram(program) !== undefined && CHANGING.test(args.map(({ text }) => text).join(' '));
}

function addsPackages({ install, args }: InstallCall): boolean {
  return (
    install.place === 'project' && install.specs.length > 0 && !args.some(({ text }) => text === '--no-save')
  );
}

function isForMatrix({ condition, env }: AutomationStep): boolean {
  return [condition, ...env.map(({ value }) => String(value?.value ?? ''))].some((text) =>
    /\bmatrix\./.test(text),
  );
}

/** Checks whether a command before an offset writes a file that declares dependencies. */
function writesDeclarations({ steps }: AutomationJob, before: number): boolean {
  return steps.some(({ commands, script }) => {
    const written = script?.value.slice(0, Math.max(0, before - script.span.start)) ?? '';
    return (
      REDIRECTED.test(written.replace(COMMENT, '')) ||
      commands.some(
        ({ words }) => (words[0]?.span.start ?? before) < before && writes(words.map(({ text }) => text)),
      )
    );
  });
}

function writes(words: readonly string[]): boolean {
  const isEdited = words.some((word) => EDITORS.has(word)) && words.some((word) => IN_PLACE.test(word));
  if (isEdited) return words.some((word) => DECLARING.test(word));
  return words.includes('mv') && DECLARING.test(words.at(-1) ?? '');
}
