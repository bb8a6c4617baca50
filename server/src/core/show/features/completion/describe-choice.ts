import { affectingIn, reportsIn } from '../../../judge/exposure/affecting.ts';
import { isAllowedName } from '../../../judge/policy/allow-name-fix.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import { judgeName } from '../../../know/identity/confusable-with.ts';
import type { PopularNames } from '../../../know/identity/popular-names.ts';
import { roughCount } from '../../../know/identity/rough-count.ts';
import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { scriptVerdict } from '../../../know/scripts/script-verdict.ts';
import { askCooldown, cooldownOf } from '../../../read/project/manager/cooldown.ts';
import type { Project } from '../../../read/project/project.ts';
import { formatDay } from '../../../read/text/words/dates.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { describeCooldown } from '../describe-cooldown.ts';
import { advisorySources } from '../hover/advisory-facts.ts';
import { advisoryText, describeFixed, unsureText } from '../hover/advisory-text.ts';
import type { HoverCard } from '../hover/card.ts';
import { type CardLine, line, listed } from '../hover/card-line.ts';
import { publishedText } from '../hover/describe-publish.ts';
import { describeScript, isUnknownScript } from '../hover/describe-script.ts';
import { describeContent } from '../hover/describe-size.ts';

/** What a completion offers: a package, or one version of it. */
export interface Choice {
  readonly name: string;
  readonly version: string | undefined;
}

/** Known facts; nothing is requested for a choice that the user only looks at. */
export interface ChoiceContext {
  readonly project: Project;
  readonly advisories: Advisories;
  readonly popular: PopularNames;
  readonly packument: Fact<Packument>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const MOST_ADVISORIES = 3;
const MOST_VERSIONS = 5;

/** Returns what to know before choosing it. */
export function describeChoice({ name, version }: Choice, context: ChoiceContext): HoverCard {
  const packument = context.packument.state === 'ready' ? context.packument.value : undefined;
  const latest = packument?.distTags.get('latest');
  const subject = version ?? latest;
  const isLatest = subject !== undefined && subject === latest;
  const header = [...(subject === undefined ? [] : [isLatest ? `${subject}, the latest version` : subject])];
  const of =
    subject === undefined || packument === undefined ? [] : versionLines(subject, packument, context);
  return {
    name,
    header,
    lines: version === undefined ? [...nameLines(name, context), ...of] : [...of],
    gaps: subject === undefined ? 'versions until chosen' : undefined,
  };
}

/** Yields what is known of a name, on this machine alone. */
function* nameLines(name: string, { project, advisories, popular }: ChoiceContext): Generator<CardLine> {
  const isOwn = project.memberNames.has(name);
  const verdict = isOwn || isAllowedName(project, name) ? undefined : judgeName(name, popular);
  if (verdict !== undefined) {
    const { target, evidence } = verdict;
    yield* line('Suspicious', `could be mistaken for "${target}": it ${evidence}`);
  }
  const malware = reportsIn(project, advisories)(name).filter(({ isMalware }) => isMalware);
  const reports = malware.map((advisory) =>
    advisoryText(advisory, undefined, advisory.range === '*' ? 'every version: ' : `${advisory.range}: `),
  );
  yield* listed('Advisory', reports, MOST_ADVISORIES);
  yield* line('Locked', lockedVersions(project, name));
  const downloads = popular.downloads(name);
  yield* line('Downloads', downloads === undefined ? undefined : `${roughCount(downloads)} a month`);
}

function lockedVersions({ lockfile }: Project, name: string): string | undefined {
  const versions = new Set<string>();
  for (const entry of lockfile?.entries ?? []) {
    if (entry.name === name && entry.version !== undefined) versions.add(entry.version.value);
  }
  return versions.size === 0 ? undefined : namesAndMore([...versions], MOST_VERSIONS);
}

function* versionLines(
  version: string,
  packument: Packument,
  { project, advisories, now }: ChoiceContext,
): Generator<CardLine> {
  const { name, times, versions } = packument;
  const published = versions.get(version);
  const affecting = affectingIn(project, advisories)(name, version);
  const texts = affecting.map((advisory) =>
    advisoryText(advisory, describeFixed(advisory, advisories, version)),
  );
  yield* listed('Advisory', texts, MOST_ADVISORIES);
  const unsure = reportsIn(project, advisories)(name).filter((each) => each.affects(version) === 'unknown');
  yield* listed(
    'Unclear',
    unsure.map((advisory) => unsureText(advisory, version)),
    1,
  );
  yield* line('Deprecated', published?.deprecated);
  const coolDown = cooldownOf(project);
  const time = times.get(version);
  if (askCooldown(coolDown, name, version, time, now) === 'waits') {
    const isOver = coolDown.wait === 0 || time === undefined ? undefined : formatDay(time + coolDown.wait);
    const until = isOver === undefined ? '' : `until ${isOver}, by `;
    yield* line('Cooldown', until + describeCooldown(project, coolDown));
  }
  yield* line('Published', publishedText(packument, version, now) ?? 'not provided by this registry');
  const scripts = { locked: undefined, verdict: scriptVerdict(project, name, undefined) };
  if (published !== undefined && !isUnknownScript(scripts, published)) {
    yield* line('Scripts', describeScript(scripts, published));
  }
  yield* line('Contents', published && describeContent(published));
  if (texts.length + unsure.length > 0) return;
  const { used, gap } = advisorySources(project, advisories, { name, version, now });
  yield* line('Known vulnerabilities', used === undefined ? undefined : `none, ${used}`);
  yield* line('Not checked', gap === undefined ? undefined : `known vulnerabilities (${gap})`);
}
