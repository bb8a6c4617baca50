import semver from 'semver';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { Approval } from '../../read/policy-file/approval.ts';
import { dayOf } from '../../read/policy-file/day.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import { longDate } from '../../read/text/words/dates.ts';
import { plural } from '../../read/text/words/words.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { isPrivate, versionNow } from '../check/selected-versions.ts';
import { hasTriggers } from '../policy/review/lock-policy.ts';
import { type Trigger, triggersOf } from '../policy/terms/approval-triggers.ts';
import { subjectsOfManifest } from '../policy/terms/term-subjects.ts';
import { matchesPattern } from '../policy/terms/text-pattern.ts';

/**
 * Reports direct dependencies that the policy wants reviewed. Packages of the project's own registries need no approval.
 * A property that nothing states, such as an account that the registry does not name, is reported as not checked.
 */
interface Unapproved {
  readonly name: string;
  readonly version: string | null;
  readonly triggers: readonly Trigger[];
  /** An approval of this version that has expired. */
  readonly expired: { readonly by: string; readonly expires: string } | null;
  /** The approved range of the name that does not include this version. */
  readonly approved: string | null;
  readonly contact: string | null;
}

export const policyApprovalMissing = defineRule({
  id: 'policy-approval-missing',
  category: 'policy',
  preset: 'security',
  severity: 'warning',
  facts: ['packument', 'downloads'],
  options: {},
  docs: {
    summary: 'A direct dependency that needs an approval by the policy and has none.',
    why: `\`requireApproval\` in \`dependency-hygiene.json\` says which direct dependencies are to be reviewed first:

- \`weeklyDownloadsOver\`: widely used packages, as their compromise reaches many. Without an answer of the registry, the
  bundled numbers of the most downloaded packages count.
- \`installScripts\`: packages that run a script during the install.
- \`newMaintainerDays\`: versions by an account that published its first version of the package within this many days.

\`approvals\` lists the reviewed ones, each with a range of versions, who approved it, the day and the reason. An approval
counts until the day in \`expires\`. Packages of private registries need none. An unknown property is reported as not
checked, and requires no approval.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "native": "1.0.0"
    ^^^^^^^^ policy-approval-missing: native 1.0.0 needs an approval by policy: it has an install script. Ask security@acme.example.test.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "1.0.0" } },
    "node_modules/native": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/native/-/native-1.0.0.tgz",
      "hasInstallScript": true
    }
  }
}
-- dependency-hygiene.json --
{
  "requireApproval": { "installScripts": true, "contact": "security@acme.example.test" }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "native": "1.0.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "1.0.0" } },
    "node_modules/native": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/native/-/native-1.0.0.tgz",
      "hasInstallScript": true
    }
  }
}
-- dependency-hygiene.json --
{
  "requireApproval": { "installScripts": true, "contact": "security@acme.example.test" },
  "approvals": [
    {
      "name": "native",
      "range": "^1.0.0",
      "by": "Ada",
      "date": "2026-11-02",
      "reason": "the script only compiles"
    }
  ]
}
`,
  },
  check: {
    *manifest(manifest, context): Generator<Found<Unapproved>> {
      const { project } = context;
      const { policy } = project;
      const regimes = [...(policy.organisation === undefined ? [] : [policy.organisation]), policy].filter(
        hasTriggers,
      );
      if (regimes.length === 0) return;
      for (const { dependency, meaning, entry, subject } of subjectsOfManifest(manifest, context)) {
        const { name, range } = subject;
        if (isPrivate(name, project)) continue;
        const version = subject.version ?? versionNow(meaning.specifier, name, context);
        for (const { approvals, requireApproval } of regimes) {
          const past = pastApprovals({ name, version, range }, approvals, dayOf(context.now));
          if (past === 'approved') continue;
          const triggers = triggersOf({ name, version, entry }, requireApproval, context);
          if (triggers.length === 0) continue;
          const { contact = null } = requireApproval;
          yield {
            span: dependency.nameSpan,
            data: { name, version: version ?? null, triggers, ...past, contact },
            package: dependency.name,
            ...(version === undefined ? {} : { version }),
            ...(name === dependency.name ? {} : { target: name }),
          };
          break;
        }
      }
    },
  },
  message({ data: { name, version, triggers, expired, approved, contact } }) {
    const who = shownText(formatPackage(name, version ?? undefined));
    const why = triggers.map(describeTrigger).join(', and ');
    const past =
      expired !== null
        ? `. The approval by ${shownText(expired.by, 80)} expired on ${longDate(expired.expires)}`
        : approved !== null
          ? `. Only ${JSON.stringify(shownText(approved, 80))} is approved`
          : '';
    const advice =
      contact === null
        ? 'Have it reviewed, and add it to "approvals"'
        : `Ask ${shownText(contact.trim().replace(/\.+$/, ''), 200)}`;
    return `${who} needs an approval by policy: ${why}${past}. ${advice}.`;
  },
});

interface Wanted {
  readonly name: string;
  readonly version: string | undefined;
  readonly range: string | undefined;
}

/** Returns what is known of a dependency without a current approval. */
function pastApprovals(
  { name, version, range }: Wanted,
  approvals: readonly Approval[],
  today: string,
): 'approved' | Pick<Unapproved, 'expired' | 'approved'> {
  const ofName = approvals.filter((one) => one.name.some((pattern) => matchesPattern(pattern, name)));
  const ofVersion = ofName.filter((approval) => approves(approval, version, range));
  if (ofVersion.some(({ expires }) => expires === undefined || expires >= today)) return 'approved';
  const expired = ofVersion.at(-1);
  if (expired?.expires !== undefined)
    return { expired: { by: expired.by, expires: expired.expires }, approved: null };
  return { expired: null, approved: ofName.at(-1)?.range ?? null };
}

/** A declared range is approved if each of its versions is. */
function approves(
  { range: approved }: Approval,
  version: string | undefined,
  range: string | undefined,
): boolean {
  if (version !== undefined) return satisfies(version, approved);
  if (range === undefined || semver.validRange(range) === null) return semver.subset('*', approved);
  return semver.subset(range, approved);
}

function describeTrigger(trigger: Trigger): string {
  switch (trigger.type) {
    case 'install-script':
      return 'it has an install script';
    case 'downloads':
      return `it has ${plural(trigger.aWeek, 'download')} a week`;
    case 'new-maintainer': {
      const days = plural(trigger.days, 'day');
      return `its publisher ${JSON.stringify(shownText(trigger.publisher, 60))} is new since ${days}`;
    }
  }
}
