import type { Advisory } from '../advisory/advisory.ts';
import type { AdvisoryFacts } from '../exposure/advisory-facts.ts';
import { aboutWords, countWords, fixedWords, listWords, versionWords } from '../exposure/advisory-words.ts';
import { askForRemedies } from '../exposure/ask-for-remedies.ts';
import type { TakenBy } from '../exposure/exposed-place.ts';
import { exposedPlaces } from '../exposure/exposed-places.ts';
import { type Exposure, foundExposure } from '../exposure/found-exposure.ts';
import { toldAdvisories } from '../exposure/told-advisories.ts';
import type { Severity } from '../finding.ts';
import { type AuditSettings, auditSettingsOf, isBelow } from '../project/manager/audit-settings.ts';
import { remediesFor } from '../remedy/remedies-for.ts';
import { rememberOf } from '../text/remember-of.ts';
import { type CheckedFile, defineRule, type Found, type RuleContext } from './rule.ts';

const OPTIONS = {
  production: {
    type: 'boolean',
    default: false,
    description: 'Leave out what is installed for development only.',
  },
} as const;

/**
 * What is known to be exploitable should be replaced before somebody looks for it. Known false positives: weaknesses in a
 * part of the package that the project never calls; such an advisory is accepted with a reason in the configuration file.
 * A range whose end its source lost is not believed beyond what another source confirms.
 */
export const vulnerableDependency = defineRule({
  id: 'vulnerable-dependency',
  category: 'advisories',
  severity: 'error',
  facts: ['packument'],
  options: OPTIONS,
  docs: {
    summary: 'A version with a known vulnerability, as a direct or transitive dependency.',
    why: `An advisory tells everybody how a version can be attacked. The version that the lockfile has is judged; what it has for other
packages' sake is reported at each dependency that brings it, with the way to it, and at its entry in the lockfile. One
finding stands for all advisories of a place, the worst first: critical and high ones are errors, moderate ones warnings, low
ones information.

Where nothing is locked, what would be installed now is judged, or, where the registry may not be asked, the version with
which the range begins. npm's \`audit-level\` and \`omit\`, pnpm's \`audit.level\` and \`audit.ignore\` (\`auditConfig\` as
well, before pnpm 11 in package.json too), and Yarn's \`npmAuditExcludePackages\`, \`npmAuditIgnoreAdvisories\` and
\`npmAuditEnvironment\` are honoured in projects of that package manager; malware is reported all the same. Yarn names
advisories by the registry's numbers, which are known in trusted folders only. Advisories come with this tool and from the registries; the hover card says from which
and how old they are.`,
    advisories: [
      {
        id: 'GHSA-xvch-5gv4-984h',
        aliases: ['CVE-2021-44906'],
        affected: [
          {
            package: { ecosystem: 'npm', name: 'minimist' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '0.2.4' }] }],
          },
          {
            package: { ecosystem: 'npm', name: 'minimist' },
            ranges: [{ type: 'SEMVER', events: [{ introduced: '1.0.0' }, { fixed: '1.2.6' }] }],
          },
        ],
        database_specific: { severity: 'CRITICAL', cwe_ids: ['CWE-1321'] },
      },
    ],
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "^0.5.1"
              ^^^^^^^^ vulnerable-dependency: minimist 0.0.8 has a critical advisory: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; mkdirp 0.5.1 brings it, update that or override minimist.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.1", "dependencies": { "minimist": "0.0.8" } },
    "node_modules/minimist": {
      "version": "0.0.8"
                 ^^^^^^^ vulnerable-dependency: minimist 0.0.8 has a critical advisory: prototype pollution (GHSA-xvch-5gv4-984h), fixed in 0.2.4; mkdirp brings it, update that or override minimist.
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "mkdirp": "^0.5.1"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "mkdirp": "^0.5.1" } },
    "node_modules/mkdirp": { "version": "0.5.6", "dependencies": { "minimist": "^1.2.6" } },
    "node_modules/minimist": { "version": "1.2.8" }
  }
}
`,
  },
  perDependency: true,
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message: ({ data }) => messageOf(data),
  *fix({ data: { advisories } }, context) {
    yield* remediesFor(
      context,
      advisories.map(({ package: name, version }) => ({ name, version })),
    );
  },
});

function* check(file: CheckedFile, context: RuleContext<typeof OPTIONS>): Generator<Found<Exposure>> {
  const { project, advisories, options } = context;
  const settings = auditSettingsOf(project);
  const isProduction = options.production || settings.production;
  const isTold = (advisory: Advisory) =>
    !settings.ignores(advisory) && !(settings.leavesOutMilder && isBelow(advisory.severity, settings.level));
  for (const place of exposedPlaces(file, context, 'vulnerability')) {
    if (place.isDev && isProduction) continue;
    const told = toldAdvisories(
      place,
      advisories,
      (advisory, found) => isTold(advisory) && !settings.excludes(found.package) && !context.accepts(found),
    );
    if (told.length === 0) continue;
    askForRemedies(place, told, context);
    const severity = severityOf(told[0]!.advisory, place.by, settings);
    yield foundExposure(place, told, file, project, severity);
  }
}

/** npm shows what is below its level, and fails for the rest only. What nobody is known to install is no error. */
function severityOf({ severity }: Advisory, by: TakenBy, { level }: AuditSettings): Severity {
  if (by === 'lowest' || isBelow(severity, level)) return 'information';
  switch (severity) {
    case 'critical':
    case 'high':
      return 'error';
    case 'moderate':
    case undefined:
      return 'warning';
    case 'low':
    case 'info':
      return 'information';
  }
}

const messageOf = rememberOf((data: Exposure) => `${sentenceOf(data)}; ${adviceOf(data)}.`);

function sentenceOf(data: Exposure): string {
  const { advisories, packages, isOwn, name, version } = data;
  const own = isOwn ? advisories.filter((each) => each.package === name && each.version === version) : [];
  const told = packages === 1 ? advisories : own;
  const worst = told[0];
  if (worst === undefined) {
    const subject = `${atPlace(data)}${devWords(data)}`;
    return `${subject} brings ${packages} packages with ${countWords(advisories)}${worstWords(advisories[0]!)}`;
  }
  const sentence = `${subjectOf(data, worst)} has ${countWords(told)}${aboutWords(worst)}${fixedWords(worst)}`;
  if (packages === 1) return sentence;
  const others = advisories.filter((each) => !own.includes(each));
  const count = packages - 1 === 1 ? 'a package' : `${packages - 1} packages`;
  return `${sentence}, and brings ${count} with ${countWords(others)}${worstWords(others[0]!)}`;
}

function worstWords(worst: AdvisoryFacts): string {
  return `${aboutWords(worst, versionWords(worst))}${fixedWords(worst)}`;
}

function subjectOf(data: Exposure, worst: AdvisoryFacts): string {
  const subject = `${versionWords(worst)}${data.isOwn ? devWords(data) : ''}`;
  const declared = JSON.stringify(data.declared);
  if (data.kind === 'override') return `${subject}, which this override sets,`;
  if (data.by === 'chosen') return `${declared} takes ${subject} now, which`;
  return data.by === 'lowest' ? `${declared} may resolve to ${subject}, which` : subject;
}

function devWords({ dev }: Exposure): string {
  return dev ? ' (for development only)' : '';
}

function atPlace({ name, version }: Exposure): string {
  return version === null ? name : `${name} ${version}`;
}

function adviceOf(data: Exposure): string {
  const { kind, by, advisories, packages, isOwn, bringers, isDirect } = data;
  const worst = advisories[0]!;
  if (kind === 'entry' && !isDirect) {
    if (bringers.length === 0) return 'update what depends on it';
    const one = bringers.length === 1;
    return `${listWords(bringers)} ${one ? 'brings' : 'bring'} it, update ${one ? 'that' : 'those'} or override ${worst.package}`;
  }
  if (!isOwn) {
    return packages === 1
      ? `${atPlace(data)}${devWords(data)} brings it, update that or override ${worst.package}`
      : `update ${data.name}, or override them`;
  }
  const hasFix = advisories.some((each) => each.package === data.name && each.fixedIn !== null);
  if (kind === 'override') return hasFix ? 'set that' : 'set another version, or accept it with a reason';
  if (by === 'lowest') return 'lock what is installed, or raise the range';
  return hasFix ? 'update it' : 'replace it, or accept it with a reason';
}
