import type { AdvisorySeverity } from '../../know/advisory/advisory.ts';
import { memberOf, textOf, textsIn } from '../../read/config/tree/config-tree.ts';
import { berrySetting } from '../../read/config/yarn/berry-setting.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { Project } from '../../read/project/project.ts';
import { compileGlob } from '../../read/text/paths/glob.ts';
import { type IsIgnored, ignoredAdvisories } from './ignored-advisories.ts';

/** How the project configures the audit of its package manager. */
export interface AuditSettings {
  /** The lowest severity that counts, `none` if none does; undefined if not configured. */
  readonly level: AdvisorySeverity | 'none' | undefined;
  /** Whether lower severities are omitted, as pnpm does; npm lists them without failing. */
  readonly leavesOutMilder: boolean;
  /** Whether only production dependencies count. */
  readonly production: boolean;
  excludes(name: string): boolean;
  /** Checks whether the advisory is ignored, by its ids alone. The caller ensures that malware is reported anyway. */
  readonly ignores: IsIgnored;
}

const NOTHING: AuditSettings = {
  level: undefined,
  leavesOutMilder: false,
  production: false,
  excludes: () => false,
  ignores: () => false,
};

/** Returns the settings of the package manager that installs the project; those of others have no effect. */
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

/** From lowest to highest. */
const LEVELS: readonly AdvisorySeverity[] = ['info', 'low', 'moderate', 'high', 'critical'];

/** Checks whether a severity is below the level that counts; an unknown severity is only below `none`. */
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

/** Checks for `omit[]=dev`, which `include` overrules; `production` and `only` are npm 6's settings for it. */
function omitsDev({ npmConfig }: Project): boolean {
  const has = (key: string) => /^dev$/m.test(npmConfig.get(key)?.value ?? '');
  if (has('include')) return false;
  const only = npmConfig.get('only')?.value ?? '';
  return has('omit') || npmConfig.get('production')?.value === 'true' || /^prod(?:uction)?$/.test(only);
}

/** Reads the nearest file that has the setting; Yarn 1 has no such settings. */
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
