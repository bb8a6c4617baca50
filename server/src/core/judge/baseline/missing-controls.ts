import { runsAll, scriptEffect } from '../../know/scripts/script-effect.ts';
import { DAY, MINUTE } from '../../read/manager/cooldown-settings.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { ControlKey } from '../../read/policy-file/control-members.ts';
import type { Control } from '../../read/policy-file/controls.ts';
import { ignoredLockfile } from '../../read/project/locked/needed-lockfile.ts';
import { describeWait } from '../../read/project/manager/cooldown.ts';
import type { Project } from '../../read/project/project.ts';
import { makesSbom } from '../automation/sbom-steps.ts';
import { defaultReleaseAge } from '../changes/manager-defaults.ts';
import { isPublished, presentSetting, shownLine } from './plan-baseline.ts';
import { AUDIT_LEVELS, type ControlContext, vulnerableAt } from './vulnerable-at.ts';

/** A control that a project lacks. */
export interface MissingControl {
  readonly key: Exclude<ControlKey, 'contact'>;
  /** What the project has instead, as a clause. */
  readonly what: string;
  /** What the policy requires. */
  readonly required: string;
  /** What to do. */
  readonly advice: string;
  readonly control: Control;
}

type Missing = Pick<MissingControl, 'what' | 'required' | 'advice'>;

/** Returns the controls of the policy that the project lacks. What is unknown is not missing. */
export function missingControls(context: ControlContext): readonly MissingControl[] {
  const { project } = context;
  const found: MissingControl[] = [];
  for (const [key, control] of project.policy.controls) {
    if (key === 'contact') continue;
    const missing = CHECKS[key](project, control.value, context);
    if (missing !== undefined) found.push({ key, control, ...missing });
  }
  return found;
}

type Check = (project: Project, value: Control['value'], context: ControlContext) => Missing | undefined;

const CHECKS: Readonly<Record<MissingControl['key'], Check>> = {
  lockfile(project, value) {
    if (value !== true) return undefined;
    const ignored = ignoredLockfile(project);
    if (project.lockfiles.length === 0)
      return { what: 'This project has no lockfile', required: 'one', advice: 'Create one and commit it' };
    if (ignored === undefined) return undefined;
    return { what: `Git ignores ${ignored}`, required: 'a committed lockfile', advice: 'Commit it' };
  },
  cooldownDays(project, value) {
    const { cooldown, title } = specOf(project.manager);
    const wanted = Number(value) * DAY;
    const configured = cooldown.configured(project);
    if (configured?.before !== undefined) return undefined;
    const age = configured?.wait ?? defaultReleaseAge(project) * MINUTE;
    if (age >= wanted) return undefined;
    const has = age === 0 ? 'no cooldown' : `a cooldown of ${describeWait({ wait: age })}`;
    const advice = cooldown.home === undefined ? 'Use a package manager that has one' : 'Set a longer one';
    return { what: `${title} has ${has} here`, required: describeWait({ wait: wanted }), advice };
  },
  installScripts(project, value) {
    const effect = scriptEffect(project);
    const { title } = specOf(project.manager);
    const isOff = effect === 'ignored';
    if (isOff || (value === 'reviewed' && effect !== 'runs' && !runsAll(project))) return undefined;
    return value === 'off'
      ? {
          what: `${title} may run install scripts here`,
          ...{ required: 'them to be off', advice: 'Turn them off' },
        }
      : {
          what: `${title} runs unreviewed install scripts here`,
          ...{ required: 'a review', advice: 'Turn them off, or let the install fail without a review' },
        };
  },
  exactVersions(project, value) {
    if (value !== true || [...project.members.values()].some(isPublished)) return undefined;
    const { manager, npmConfig } = project;
    const line = specOf(manager).baseline.savedRange('exact', manager.version);
    if (line === undefined) return undefined;
    const { instead = [], ...own } = line;
    const isSet = presentSetting(project, own)?.value === line.value.replace(/^(["'])(.*)\1$/, '$2');
    // The other key has the prefix where this one has a flag, and the reverse.
    const others = instead.map((key) => presentSetting(project, { ...own, key })?.value);
    const isByOther = others.some((text) => text === 'true' || text === '');
    // pnpm reads it there up to version 10.
    if (isSet || isByOther || npmConfig.project?.entries.some(isSaveExact) === true) return undefined;
    return {
      what: 'New dependencies are not saved as exact versions',
      required: 'that',
      advice: `Set "${shownLine(line)}" in ${line.file}`,
    };
  },
  auditLevel(_, value, context) {
    const level = AUDIT_LEVELS.find((each) => each === value);
    const vulnerable = level === undefined ? [] : vulnerableAt(level, context);
    const [first] = vulnerable;
    if (first === undefined) return undefined;
    const isOne = vulnerable.length === 1;
    const subject = isOne ? `${first} has` : `${vulnerable.length} locked packages have`;
    return {
      what: `${subject} known vulnerabilities of severity ${value}${value === 'critical' ? '' : ' or higher'}`,
      ...{ required: 'none', advice: `Update ${isOne ? 'it' : 'them'}, or accept each with a reason` },
    };
  },
  sbom({ sbom, automation }, value) {
    if (value !== true || sbom !== 'missing' || automation.some(makesSbom)) return undefined;
    return {
      ...{ what: 'This repository has no SBOM', required: 'one' },
      advice: 'Commit one, or let a workflow make it',
    };
  },
  updateBot({ updateBot }, value) {
    if (value !== true || updateBot !== 'missing') return undefined;
    return {
      ...{ what: 'No bot updates the dependencies here', required: 'one' },
      advice: 'Configure Dependabot or Renovate',
    };
  },
};

function isSaveExact({ key, value }: { readonly key: string; readonly value: string }): boolean {
  return key === 'save-exact' && value.trim() === 'true';
}
