import semver from 'semver';
import { publishTimes } from '../../know/registry/documents/publish-times.ts';
import { candidateVersion } from '../../know/registry/releases/candidate-version.ts';
import { type PublisherSign, publisherSigns } from '../../know/registry/releases/publisher-signs.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { cooldownOf } from '../../read/project/manager/cooldown.ts';
import { isTrustedAnyway } from '../../read/project/manager/trust-policy.ts';
import type { Severity } from '../../read/text/finding.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isPrivate, type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';
import { reportedDays } from './reported-days.ts';

/**
 * A package changes hands before it turns malicious: an account is stolen, or somebody offers help. Known false
 * positives: a maintainer whose successor publishes immediately. Not reported: whoever was listed as a maintainer a
 * month before or has published for three months, a team's accounts with the same mail domain, and a move to publishing
 * from a CI service.
 */
interface PublisherChanged {
  readonly name: string;
  readonly version: string;
  readonly sign: PublisherSign['type'];
  readonly before: string;
  readonly after: string;
  /** The number of versions before it that were published as before. */
  readonly count: number;
  /** The last of these versions. */
  readonly older: string | null;
  readonly declared: string | null;
}

const DAY = 86_400_000;

const OPTIONS = { days: reportedDays(180) };

export const publisherChanged = defineRule({
  id: 'publisher-changed',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A version published by a different account than earlier versions.',
    why: `Most popular packages turned malicious through stolen accounts, or through generous offers to take them
over. The rule reports a version of the last half year

- whose publisher published none of the ten versions before it,
- published by an account after a CI service published the line,
- published by another CI service,
- before which all maintainers were replaced, or
- as information, whose publisher has an email address at another domain than before.

Nothing is reported with fewer than three earlier versions, nor about accounts that were maintainers for a month or
have published for three months. Where the registry does not record the publisher, the version is reported as not
checked.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "event-flow": "3.3.6"
                  ^^^^^^^ publisher-changed: event-flow 3.3.6 was published by "right9", but the 3 versions before it by "dominic". Find out who took it over before you install it.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "event-flow": "3.3.5"
  }
}
`,
    registry: {
      'event-flow': {
        'dist-tags': { latest: '3.3.6' },
        time: {
          '3.3.3': '2025-01-10T10:00:00Z',
          '3.3.4': '2025-06-10T10:00:00Z',
          '3.3.5': '2026-01-10T10:00:00Z',
          '3.3.6': '2026-10-10T10:00:00Z',
        },
        versions: {
          '3.3.3': { _npmUser: { name: 'dominic', email: 'd@dominic.example.test' } },
          '3.3.4': { _npmUser: { name: 'dominic', email: 'd@dominic.example.test' } },
          '3.3.5': { _npmUser: { name: 'dominic', email: 'd@dominic.example.test' } },
          '3.3.6': { _npmUser: { name: 'right9', email: 'right9@mail.example.test' } },
        },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, sign, before, after, count } }) {
    const what = `${name} ${version}`;
    const versions = count === 1 ? 'the version' : `the ${count} versions`;
    switch (sign) {
      case 'new-publisher':
        return `${what} was published by ${quoted(after)}, but ${versions} before it by ${quoted(before)}. Find out who took it over before you install it.`;
      case 'lost-trusted-publishing':
        return `${what} was published by the account ${quoted(after)}, but ${versions} before it by a CI service. Find out why before you install it.`;
      case 'other-service':
        return `${what} was published from ${quoted(after)}, but ${versions} before it from ${quoted(before)}. Find out why before you install it.`;
      case 'maintainers-replaced':
        return `All maintainers of ${name}, among them ${quoted(before)}, were replaced before ${version}, by ${quoted(after)}. Find out who took it over before you install it.`;
      case 'address-changed':
        return `The publisher of ${what} has an email address at ${quoted(after)}, and had one at ${quoted(before)}. Make sure that it is the same person.`;
    }
  },
  *fix({ data: { older, declared }, span, package: name }, { file, uri }) {
    if (older === null || declared === null || name === undefined) return;
    const fix = pinFix({ file, uri, span, name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<PublisherChanged>> {
  const { days } = context.options;
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, packument, span } = selected;
    if (isPrivate(target, context.project)) continue;
    const published = publishTimes(packument).get(version);
    const known = packument.versions.get(version);
    if (known === undefined) continue;
    if (published === undefined || known.publishedBy === undefined) {
      context.unknown(target);
      continue;
    }
    if (context.now - published > days * DAY) continue;
    const isExcluded = () => isTrustedAnyway(context.project, target, version, published, context.now);
    // pnpm's exclusions accept the lack of a CI service's attestation, not the publisher.
    const sign = publisherSigns(packument, version).find(
      ({ type }) => type !== 'lost-trusted-publishing' || !isExcluded(),
    );
    if (sign === undefined) continue;
    yield {
      span,
      data: {
        name: target,
        version,
        sign: sign.type,
        ...wordsOf(sign),
        older: lastBefore(selected, context) ?? null,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      },
      severity: severityOf(sign),
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related: selected.related,
    };
  }
}

function wordsOf(sign: PublisherSign): Pick<PublisherChanged, 'before' | 'after' | 'count'> {
  switch (sign.type) {
    case 'new-publisher':
      return { before: sign.before, after: sign.publisher, count: sign.count };
    case 'lost-trusted-publishing':
      return { before: '', after: sign.publisher, count: sign.count };
    default:
      return { before: sign.before, after: sign.after, count: 1 };
  }
}

/** Rates a changed email address lower: people change addresses far more often than addresses change owners. */
function severityOf({ type }: PublisherSign): Severity {
  return type === 'address-changed' ? 'information' : 'warning';
}

/** Returns the latest lower version in the same major that is past its cooldown and shows no such sign itself. */
function lastBefore(
  { packument, version }: SelectedVersion,
  { project, now }: RuleContext,
): string | undefined {
  const publisher = packument.versions.get(version)?.publishedBy?.name;
  const range = `>=${semver.major(version)}.0.0 <${version}`;
  const found = candidateVersion({
    packument,
    range,
    coolDown: cooldownOf(project),
    now,
    accepts: (other) =>
      other.publishedBy?.name !== publisher && publisherSigns(packument, other.version).length === 0,
  });
  return found?.version;
}

function quoted(text: string): string {
  return JSON.stringify(shownText(text, 80));
}
