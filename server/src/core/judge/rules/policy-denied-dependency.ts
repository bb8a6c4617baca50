import type { NodeNumber } from '../../read/graph/dependency-graph.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { DenyTerm } from '../../read/policy-file/terms.ts';
import type { Project } from '../../read/project/project.ts';
import type { Related } from '../../read/text/finding.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { pinFix } from '../check/version-fixes.ts';
import { formatList } from '../exposure/describe-advisory.ts';
import { lockGraphOf } from '../exposure/lock-graph.ts';
import { type Denial, denialOf } from '../policy/terms/denial.ts';
import {
  type CountedSubject,
  subjectsOfLockfile,
  subjectsOfManifest,
} from '../policy/terms/term-subjects.ts';

/**
 * The policy names what must not be installed. A property that nothing states, such as the license of a package whose
 * registry was not asked, is never a finding, and is reported as not checked. Known false positives: a license that the
 * package states wrongly.
 */
interface Denied {
  readonly name: string;
  readonly version: string | null;
  readonly because: 'name' | 'license' | 'host' | 'publisher';
  /** The property that is denied. */
  readonly value: string;
  readonly reason: string | null;
  readonly contact: string | null;
  /** The range that the policy names instead. */
  readonly use: string | null;
  /** The declared value that the fix replaces. */
  readonly declared: string | null;
  readonly introducers: readonly string[];
}

export const policyDeniedDependency = defineRule({
  id: 'policy-denied-dependency',
  category: 'policy',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A direct or transitive dependency that the policy denies.',
    why: `\`deny\` in \`dependency-hygiene.json\` lists names, versions, licenses, hosts and publishers that are not to be
installed, each with a reason and the person to ask. \`allow\` lists the exceptions:

- One with a name exempts these packages from every entry of \`deny\`.
- One without a name exempts from entries without a name that restrict the same property. A license in \`allow\` is an
  exception from denied licenses, and not from a denied name.

\`{ "deny": [{ "license": "*", … }], "allow": [{ "license": ["MIT", "ISC"], … }] }\` permits two licenses. An expression
such as \`MIT OR GPL-3.0-only\` is denied if each of its choices is. A license without an exception also stands for the same
one with an exception: \`GPL-*\` denies \`GPL-2.0-only WITH Classpath-exception-2.0\`, which an entry of \`allow\` can name.
\`GPL-2.0\` and \`GPL-2.0-only\` are the same license. \`"scope": "production"\` in an entry of \`deny\` permits what only
development dependencies install.

Licenses are taken from the lockfile if it records them, and from the installed package, or otherwise, like publishers, from
the registry. If the package states another license than the lockfile, both have to be permitted. An unknown property is reported as not checked, and is no finding. With
\`"unknownLicense": true\`, an entry with \`license\` also denies packages that state no license, and texts such as
\`SEE LICENSE IN LICENSE\`. Without a lockfile, a range of versions denies a declared range that is within it.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "request": "^2.88.0"
    ^^^^^^^^^ policy-denied-dependency: request 2.88.2 is denied by policy: it is no longer maintained. Ask security@acme.example.test.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "request": "^2.88.0" } },
    "node_modules/request": {
      "version": "2.88.2",
      "resolved": "https://registry.public.example.test/request/-/request-2.88.2.tgz",
      "dependencies": { "copyleft": "^1.0.0" }
    },
    "node_modules/copyleft": {
    ^^^^^^^^^^^^^^^^^^^^^^^ policy-denied-dependency: copyleft 1.0.0 is denied by policy (license AGPL-3.0-only): legal has not reviewed it. Pulled in by request.
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/copyleft/-/copyleft-1.0.0.tgz",
      "license": "AGPL-3.0-only"
    }
  }
}
-- dependency-hygiene.json --
{
  "deny": [
    { "name": "request", "reason": "it is no longer maintained", "contact": "security@acme.example.test" },
    { "license": "AGPL-*", "reason": "legal has not reviewed it" }
  ]
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "undici": "^7.0.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "undici": "^7.0.0" } },
    "node_modules/undici": {
      "version": "7.0.0",
      "resolved": "https://registry.public.example.test/undici/-/undici-7.0.0.tgz",
      "license": "MIT"
    }
  }
}
-- dependency-hygiene.json --
{
  "deny": [
    { "name": "request", "reason": "it is no longer maintained", "contact": "security@acme.example.test" },
    { "license": "AGPL-*", "reason": "legal has not reviewed it" }
  ]
}
`,
  },
  check: {
    *manifest(manifest, context): Generator<Found<Denied>> {
      if (context.project.policy.deny.length === 0) return;
      for (const { dependency, meaning, subject } of subjectsOfManifest(manifest, context)) {
        const denial = judge(subject, context);
        if (denial?.type !== 'denied') continue;
        const isPlain = meaning.override === undefined && meaning.catalog === undefined;
        const declared = isPlain ? (meaning.declared ?? null) : null;
        const { name, nameSpan } = dependency;
        const target = subject.name === name ? {} : { target: subject.name };
        yield {
          ...found(subject, denial, { declared, introducers: [] }),
          span: nameSpan,
          package: name,
          ...target,
        };
      }
    },
    *lockfile(lockfile, context): Generator<Found<Denied>> {
      const { project, entries } = context;
      if (project.policy.deny.length === 0 || lockfile !== project.lockfile) return;
      const denied: {
        readonly entry: LockEntry;
        readonly subject: CountedSubject;
        readonly denial: Reported;
      }[] = [];
      for (const { entry, subject } of subjectsOfLockfile(lockfile, entries, context)) {
        const denial = judge(subject, context);
        if (denial?.type === 'denied') denied.push({ entry, subject, denial });
      }
      if (denied.length === 0) return;
      const introducersOf = introducersIn(
        lockfile,
        denied.map(({ entry }) => entry),
        project,
      );
      for (const { entry, subject, denial } of denied) {
        const introducers = introducersOf(entry);
        yield {
          ...found(subject, denial, { declared: null, introducers }),
          span: entry.keySpan,
          package: entry.name,
        };
      }
    },
  },
  message({ data: { name, version, because, value, reason, contact, use, introducers } }) {
    const isUnstated = because === 'license' && value === '';
    const property = { name: '', license: 'license ', host: 'from ', publisher: 'published by ' }[because];
    const stated = isUnstated ? '(license unknown)' : `(${property}${shownText(value, 60)})`;
    const what = because === 'name' ? '' : ` ${stated}`;
    const why = reason === null ? '' : `: ${sentence(reason)}`;
    const advice = [
      ...(introducers.length === 0 ? [] : [`Pulled in by ${formatList(introducers)}`]),
      ...(use === null ? [] : [`Use ${JSON.stringify(use)}`]),
      ...(contact === null ? [] : [`Ask ${sentence(contact)}`]),
    ];
    const start = `${shownText(formatPackage(name, version ?? undefined))} is denied by policy${what}${why}`;
    return `${[start, ...advice].join('. ')}.`;
  },
  *fix({ data: { use, declared }, span }, context) {
    const { file, uri, project } = context;
    if (use === null || declared === null || file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency === undefined || isDeniedItself(dependency.target, use, project)) return;
    const place = { file, uri, span: dependency.valueSpan, name: dependency.name, declared };
    const fix = pinFix(place, use);
    if (fix !== undefined) yield fix;
  },
});

type Reported = Denial & { readonly type: 'denied' };

function judge(subject: CountedSubject, context: RuleContext): Denial | undefined {
  const { deny, allow } = context.project.policy;
  const denial = denialOf(subject, deny, allow);
  if (denial.type === 'unknown' && subject.gap !== undefined) context.unknown(subject.name, subject.gap);
  return denial;
}

function found(
  { name, version }: CountedSubject,
  { term, because, value }: Reported,
  more: Pick<Denied, 'declared' | 'introducers'>,
): Pick<Found<Denied>, 'data' | 'version' | 'related'> {
  const { reason = null, contact = null, use = null } = term;
  return {
    data: { name, version: version ?? null, because, value, reason, contact, use, ...more },
    ...(version === undefined ? {} : { version }),
    related: placeOf(term),
  };
}

function placeOf({ uri, keySpan }: DenyTerm): readonly Related[] {
  return uri === undefined ? [] : [{ uri, span: keySpan, message: 'This entry denies it.' }];
}

/** Returns the names of the direct dependencies that pull in an entry. */
function introducersIn(
  lockfile: Lockfile,
  entries: readonly LockEntry[],
  project: Project,
): (entry: LockEntry) => readonly string[] {
  const { nodesAt, waysTo } = lockGraphOf(lockfile, project);
  const places = new Map(lockfile.entries.map((entry, place) => [entry, place]));
  const nodes: NodeNumber[] = entries.flatMap((entry) => [...nodesAt(places.get(entry) ?? -1)]);
  const introducers = waysTo(nodes).introducers();
  return (entry) => introducers.get(places.get(entry) ?? -1)?.names ?? [];
}

/** The range that a policy names is no fix if the policy denies it. */
function isDeniedItself(name: string, range: string, { policy }: Project): boolean {
  const unknown = { version: undefined, host: undefined, license: nothing, publisher: nothing };
  const subject = { ...unknown, name, range, isDevelopment: () => false };
  return denialOf(subject, policy.deny, policy.allow).type === 'denied';
}

function nothing(): undefined {}

function sentence(text: string): string {
  return shownText(text.trim().replace(/\.+$/, ''), 200);
}
