import type { AdvisorySeverity } from '../../know/advisory/advisory.ts';
import { memberOf, textOf, textsIn } from '../../read/config/tree/config-tree.ts';
import { berrySetting } from '../../read/config/yarn/berry-setting.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import { compileGlob } from '../../read/text/paths/glob.ts';
import { type IsIgnored, ignoredAdvisories } from './ignored-advisories.ts';

/** What the project's package manager is told about its own audit. */
export interface AuditSettings {
  /** The mildest severity that counts, `none` where none does; undefined where nothing is said. */
  readonly level: AdvisorySeverity | 'none' | undefined;
  /** Whether what is milder is left out, as pnpm does; npm shows it, and fails for the others only. */
  readonly leavesOutMilder: boolean;
  /** Whether only what is installed for production counts. */
  readonly production: boolean;
  /** Whether the package is left out. */
  excludes(name: string): boolean;
  /** Whether the advisory is left out, by its ids alone: that malware is told all the same the caller sees to. */
  readonly ignores: IsIgnored;
}

const NOTHING: AuditSettings = {
  level: undefined,
  leavesOutMilder: false,
  production: false,
  excludes: () => false,
  ignores: () => false,
};

/** Of the package manager that the project is installed with; of the others nothing counts. */
export function auditSettingsOf(project: Project): AuditSettings {
  switch (specOf(project.manager).settings.auditIn) {
    case 'npmrc':
      return { ...NOTHING, level: levelIn(project, 'audit-level'), production: omitsDev(project) };
    case 'pnpmWorkspace':
      return {
        ...NOTHING,
        level: levelOfPnpm(project),
        leavesOutMilder: true,
        ignores: ignoredAdvisories(project),
      };
    case 'yarnrc':
      return ofYarn(project);
    case undefined:
      return NOTHING;
  }
}

/** From the mildest on. */
const LEVELS: readonly AdvisorySeverity[] = ['info', 'low', 'moderate', 'high', 'critical'];

/** Whether a severity is below the level that counts; one that is not known is below none but `none`. */
export function isBelow(severity: AdvisorySeverity | undefined, level: AuditSettings['level']): boolean {
  if (level === undefined) return false;
  if (level === 'none') return true;
  return severity !== undefined && LEVELS.indexOf(severity) < LEVELS.indexOf(level);
}

function levelIn({ npmConfig }: Project, key: string): AuditSettings['level'] {
  return readLevel(npmConfig.get(key)?.value);
}

function levelOfPnpm(project: Project): AuditSettings['level'] {
  const { pnpmWorkspace } = project;
  const level = textOf(memberOf(pnpmWorkspace?.setting('audit')?.value, 'level')?.value);
  const former = textOf(pnpmWorkspace?.setting('auditLevel')?.value);
  return readLevel((level ?? former)?.value) ?? levelIn(project, 'audit-level');
}

function readLevel(text: string | undefined): AuditSettings['level'] {
  const level = text?.trim();
  return level === 'none' ? level : LEVELS.find((each) => each === level);
}

/** `omit[]=dev`, unless `include` has it; `production` and `only` are the words of npm 6. */
function omitsDev({ npmConfig }: Project): boolean {
  const has = (key: string) => /^dev$/m.test(npmConfig.get(key)?.value ?? '');
  if (has('include')) return false;
  const only = npmConfig.get('only')?.value ?? '';
  return has('omit') || npmConfig.get('production')?.value === 'true' || /^prod(?:uction)?$/.test(only);
}

/** The nearest file that says it; Yarn 1 knows no such settings. */
function ofYarn(project: Project): AuditSettings {
  const { yarnrcs } = project;
  const globs = textsIn(berrySetting(yarnrcs, 'npmAuditExcludePackages')).map(({ value }) =>
    compileGlob(value, { dot: true }),
  );
  return {
    ...NOTHING,
    production: textOf(berrySetting(yarnrcs, 'npmAuditEnvironment'))?.value === 'production',
    ignores: ignoredAdvisories(project),
    excludes:
      globs.length === 0 ? NOTHING.excludes : (name) => globs.some((glob) => glob?.matches(name) === true),
  };
}
