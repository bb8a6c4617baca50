import { dayOf, daysAfter } from '../../read/policy-file/day.ts';
import { TOOL_WORDS } from '../../read/policy-file/import/foreign-ignore.ts';
import { DEFAULT_MAX_DAYS, IGNORE_RULE } from '../../read/policy-file/max-ignore-days.ts';
import type { Ignore, Policy } from '../../read/policy-file/policy.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { Fix } from '../../read/text/finding.ts';
import { removeItem, setPropertiesAt } from '../../read/text/json/json-edit.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type FixContext, type Found, type RuleContext } from '../check/rule.ts';
import { describeFault, describeSubject, type FaultyIgnore } from '../policy/describe-ignore-fault.ts';
import { IGNORE_DAYS } from '../policy/ignore-fix.ts';
import { foreignIgnoreFixes } from '../policy/import/foreign-ignore-fixes.ts';
import { foreignIgnoresIn } from '../policy/import/foreign-ignores-in.ts';
import { judgeForeignIgnore } from '../policy/import/judge-foreign-ignore.ts';
import { type IgnoreContext, type IgnoreFault, judgeIgnore } from '../policy/judge-ignore.ts';

const OPTIONS = {
  maxDays: {
    type: 'number',
    default: DEFAULT_MAX_DAYS,
    stricter: 'less',
    description: 'Maximum number of days until an entry expires.',
  },
} as const;

type Options = typeof OPTIONS;

/**
 * An accepted advisory stays accepted until somebody reviews it, and nobody reviews it without a reminder. Known false
 * positives: an entry needed only by another project, so an entry counts as unused only if all projects its file
 * applies to are known; and an entry for an advisory of a source that is not queried, so the advisory must be known.
 */
export const auditIgnoreInvalid = defineRule<FaultyIgnore, Options>({
  id: IGNORE_RULE,
  category: 'policy',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: OPTIONS,
  docs: {
    summary: 'An ignore entry that is incomplete, expired or unused.',
    why: `Ignore an advisory for a reason that ends some day: the fix is released, or the package is gone. An entry
without an end outlives its reason. Without a reason nobody else can judge it, and an expired entry only looks
effective.

The rule checks the entries of dependency-hygiene.json and those of other tools:

- npm-audit-resolver (\`audit-resolve.json\`)
- better-npm-audit (\`.nsprc\`)
- audit-ci (\`audit-ci.json\`, \`audit-ci.jsonc\`)
- osv-scanner (\`osv-scanner.toml\`)
- pnpm (\`audit.ignore\`, \`auditConfig\`)
- Yarn (\`npmAuditIgnoreAdvisories\`, \`npmAuditExcludePackages\`)

The lists of pnpm and Yarn have no place for a reason or an end, so their entries are information only. \`dephygiene
ignores import\` copies all of them into dependency-hygiene.json. Unused entries are reported only where all projects
that use them are known: on the command line, and after "Check Workspace".`,
    bad: `-- package.json --
{
  "name": "shop"
}
-- dependency-hygiene.json --
{
  "ignores": [
    {
      "rule": "vulnerable-dependency",
      "id": "GHSA-xvch-5gv4-984h",
      "package": "minimist",
      "reason": "only our own scripts call it",
      "expires": "2026-10-01"
                 ^^^^^^^^^^^^ audit-ignore-invalid
    }
  ]
}
-- pnpm-workspace.yaml --
audit:
  ignore:
    - CVE-2021-44906
      ^^^^^^^^^^^^^^ audit-ignore-invalid
`,
    good: `-- package.json --
{
  "name": "shop"
}
-- dependency-hygiene.json --
{
  "ignores": [
    {
      "rule": "vulnerable-dependency",
      "id": "GHSA-xvch-5gv4-984h",
      "package": "minimist",
      "reason": "only our own scripts call it",
      "expires": "2027-03-01"
    }
  ]
}
-- pnpm-workspace.yaml --
audit:
  ignore:
    - GHSA-xvch-5gv4-984h
`,
  },
  check: {
    *policy(policy, context) {
      if (policy.ignores.length === 0) return;
      const judged = { ...contextOf(context), lockfiles: context.project.governedLockfiles };
      for (const ignore of policy.ignores) {
        const fault = judgeIgnore(ignore, judged);
        if (fault === undefined) continue;
        const subject = describeSubject(ignore) ?? ignore.rule;
        yield found(placeOf(ignore, fault), ignore, { fault, subject, tool: null });
      }
    },
    manifest: inFile,
    pnpmWorkspace: inFile,
    yarnrc: inFile,
    auditIgnores: inFile,
  },
  message: ({ data }) => describeFault(data),
  *fix({ span, data }, context) {
    const { file, project } = context;
    if (file.kind === 'policy') {
      const ignore = file.ignores.find((each) => placeOf(each, data.fault).start === span.start);
      if (ignore !== undefined) yield* ownFixes(ignore, data.fault, file, context);
      return;
    }
    const ignore = foreignIgnoresIn(file, project).find((each) => each.span.start === span.start);
    if (ignore !== undefined) yield* foreignIgnoreFixes(ignore, data.fault, context);
  },
});

function* inFile(file: CheckedFile, context: RuleContext<Options>): Generator<Found<FaultyIgnore>> {
  const ignores = foreignIgnoresIn(file, context.project);
  if (ignores.length === 0) return;
  const { lockfile, manager, policy } = context.project;
  const judged = {
    ...contextOf(context),
    ...{ manager, policy, inManifest: file.kind === 'manifest' },
    lockfiles: lockfile?.status === 'checked' ? [lockfile] : undefined,
  };
  for (const ignore of ignores) {
    const fault = judgeForeignIgnore(ignore, judged);
    if (fault === undefined) continue;
    const subject = describeSubject(ignore) ?? ignore.text;
    // An entry is not to blame for a field its format lacks.
    const canHold = ignore.tool !== 'pnpm-audit' && ignore.tool !== 'yarn-audit';
    const severity = canHold || fault.type !== 'incomplete' ? {} : ({ severity: 'information' } as const);
    yield { ...found(ignore.span, ignore, { fault, subject, tool: TOOL_WORDS[ignore.tool] }), ...severity };
  }
}

function contextOf({ now, options, advisories }: RuleContext<Options>): Omit<IgnoreContext, 'lockfiles'> {
  const maxDays = options.maxDays > 0 ? options.maxDays : DEFAULT_MAX_DAYS;
  return { today: dayOf(now), maxDays, advisories };
}

const SEVERITIES: Partial<Record<IgnoreFault['type'], 'error' | 'hint'>> = {
  expired: 'error',
  'not-locked': 'hint',
  'not-affected': 'hint',
};

function found(
  span: Span,
  about: { readonly package: string | undefined; readonly version: string | undefined },
  data: FaultyIgnore,
): Found<FaultyIgnore> {
  const severity = SEVERITIES[data.fault.type];
  return {
    span,
    data,
    ...(severity === undefined ? {} : { severity }),
    ...(about.package === undefined ? {} : { package: about.package }),
    ...(about.version === undefined ? {} : { version: about.version }),
  };
}

/** Returns the token that is wrong, or the one that names the entry's subject. */
function placeOf({ spans, ruleSpan }: Ignore, { type }: IgnoreFault): Span {
  const isOfTime = type === 'expired' || type === 'too-long';
  return (isOfTime ? spans.expires : undefined) ?? spans.id ?? spans.package ?? ruleSpan;
}

function* ownFixes(
  ignore: Ignore,
  fault: IgnoreFault,
  { text }: Policy,
  { uri, now, options }: FixContext<Options>,
): Generator<Fix> {
  const today = dayOf(now);
  const fix = function* (title: string, edits: readonly TextEdit[] | undefined): Generator<Fix> {
    if (edits === undefined || edits.length === 0) return;
    yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
  };
  const endOn = (day: string) => setPropertiesAt(text, ignore.span, { expires: day });
  switch (fault.type) {
    case 'expired':
      for (const days of [30, IGNORE_DAYS]) {
        const day = daysAfter(today, Math.min(days, options.maxDays));
        yield* fix(`Extend until ${day}`, endOn(day));
      }
      break;
    case 'too-long':
      yield* fix(`Set its last day to ${fault.latest}`, endOn(fault.latest));
      return;
    case 'incomplete': {
      // Only the author knows the reason.
      if (fault.lacks.includes('reason')) break;
      const day = daysAfter(today, Math.min(IGNORE_DAYS, options.maxDays));
      yield* fix(`Add the last day ${day}`, endOn(day));
      return;
    }
  }
  yield* fix('Remove the entry', removeItem(text, ignore.span));
}
