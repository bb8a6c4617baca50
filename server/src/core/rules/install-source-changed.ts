import { type ConfigurationChange, configurationChanges } from '../config/changes/configuration-change.ts';
import { isManagerUpdate } from '../config/changes/is-manager-update.ts';
import { shownText } from '../lockfile/shown-text.ts';
import { baseWords } from '../project/base.ts';
import type { Span } from '../text/span.ts';
import { type CheckedFile, defineRule, type Found, type RuleContext } from './rule.ts';

/**
 * Whoever changes the registry changes what is installed wherever the lockfile names no URL, and programs that a package
 * manager runs see all of it. Such a line is rarely changed, and easily passed over among others. Known false positives:
 * a change that is meant; it is gone once it is part of the base.
 */
interface SourceChange {
  readonly key: string;
  readonly kind: 'registry' | 'lockfile' | 'code';
  readonly before: string | null;
  readonly after: string;
}

export const installSourceChanged = defineRule<SourceChange, Record<string, never>>({
  id: 'install-source-changed',
  category: 'registry',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A registry, proxy, lockfile or program of an install that changed since the base.',
    why: `The base is the state to compare with: the last commit, or the commit given with \`check --base\`, such as
the target branch of a pull request. A change of these settings changes what everybody installs:

- the registry, from which packages without a URL in the lockfile are fetched (some package managers also replace the
  host of every URL with it)
- programs that run in each install, such as \`script-shell\`, \`.pnpmfile.cjs\`, \`yarnPath\` and plugins
- \`lockfile-dir\` and \`git-branch-lockfile\`, which make pnpm read another lockfile
- any other setting with a URL, as install scripts may download from it

Files in the folders of workspace members, above the project and of Rush are compared as well. An update of the pinned
package manager, or the first pin of a maintained one, is not reported. An older version is. Patches in the project
are information. The rule runs in \`check\`. \`dephygiene diff\` lists every changed setting that affects an install.`,
    bad: `-- .npmrc --
registry=https://npm.other.example.test/
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-source-changed: "registry" is https://npm.other.example.test/ here, but https://npm.acme.example.test/ in the last commit. Confirm that the change is intended.
-- package.json --
{ "name": "shop" }
`,
    good: `-- .npmrc --
registry=https://npm.acme.example.test/
-- package.json --
{ "name": "shop" }
`,
    base: 'registry=https://npm.acme.example.test/\n',
  },
  check: {
    npmrc: check,
    pnpmWorkspace: check,
    yarnrc: check,
    bunfig: check,
    manifest: check,
    *program({ uri }, { project }) {
      yield* sourcesIn(project.sinceBase.programs.get(uri)?.settings ?? []);
    },
  },
  message({ data: { key, kind, before, after } }, base) {
    const was = before === null ? 'but not set' : `but ${shownText(before, LONGEST)}`;
    const what = kind !== 'code' ? 'is' : isPatch(key) ? 'applies' : 'runs';
    return `"${key}" ${what} ${shownText(after, LONGEST)} here, ${was} in ${baseWords(base)}. Confirm that the change is intended.`;
  },
});

function* check(file: CheckedFile, { project }: RuleContext): Generator<Found<SourceChange>> {
  if (file.uri === undefined) return;
  const before = project.configurationBefore.get(file.uri);
  if (before === undefined) return;
  yield* sourcesIn(configurationChanges(before === 'absent' ? undefined : before, file));
}

function* sourcesIn(changes: readonly ConfigurationChange[]): Generator<Found<SourceChange>> {
  for (const change of changes) if (isOfSource(change) && !isManagerUpdate(change)) yield found(change);
}

/** Of a value in a message: that of a plugin holds a checksum. */
const LONGEST = 120;

/** A patch of a file in the project, which a review shows as it is, is no likely mistake. */
function isPatch(key: string): boolean {
  return /^(?:pnpm\.)?patchedDependencies\./.test(key);
}

function isInProject(path: string): boolean {
  return !/^[/\\~]|^[a-z][a-z\d+.-]*:|(?:^|[/\\])\.\.(?:[/\\]|$)/i.test(path);
}

interface OfSource extends ConfigurationChange {
  readonly kind: 'registry' | 'lockfile' | 'code';
  readonly after: string;
  readonly span: Span;
}

/** What is gone has no place to be reported at. */
function isOfSource(change: ConfigurationChange): change is OfSource {
  const { kind, after, span } = change;
  return (
    (kind === 'registry' || kind === 'lockfile' || kind === 'code') &&
    after !== undefined &&
    span !== undefined
  );
}

function found({ key, kind, before, after, span }: OfSource): Found<SourceChange> {
  const isReviewed = isPatch(key) && isInProject(after);
  return {
    span,
    data: { key, kind, before: before ?? null, after },
    ...(isReviewed ? { severity: 'information' } : {}),
  };
}
