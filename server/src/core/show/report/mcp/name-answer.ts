import { reportsIn } from '../../../judge/exposure/affecting.ts';
import { isAllowedName } from '../../../judge/policy/allow-name-fix.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import { isBuiltInModule } from '../../../know/identity/built-in-modules.ts';
import { judgeName } from '../../../know/identity/confusable-with.ts';
import type { PopularNames } from '../../../know/identity/popular-names.ts';
import { isPossibleName } from '../../../know/identity/possible-name.ts';
import type { Project } from '../../../read/project/project.ts';
import { advisoryIds, bounded } from './bounded.ts';

/**
 * The result for one name, without any request. own: a package of this project, or a name that it allows; unlisted:
 * nothing is known, not even whether it exists.
 */
export interface NameAnswer {
  readonly name: string;
  readonly known: 'popular' | 'own' | 'built-in' | 'malware' | 'look-alike' | 'unlisted' | 'invalid';
  /** For a look-alike: the popular name. */
  readonly target: string | null;
  readonly confidence: string | null;
  /** How the name differs from that, to be read after the name. */
  readonly evidence: string | null;
  /** Ids of malware reports on some or all versions. */
  readonly malware: readonly string[];
}

const NAME_LENGTH = 214;

/** Judges names by the bundled lists and the files of a project. */
export function nameAnswers(
  names: readonly string[],
  project: Project,
  advisories: Advisories,
  popular: PopularNames,
): readonly NameAnswer[] {
  const reportsOn = reportsIn(project, advisories);
  return names.map((typed): NameAnswer => {
    const name = typed.trim();
    const none = {
      name: bounded(name, NAME_LENGTH),
      target: null,
      confidence: null,
      evidence: null,
      malware: [],
    };
    if (!isPossibleName(name)) return { ...none, known: 'invalid' };
    if (project.memberNames.has(name) || isAllowedName(project, name)) return { ...none, known: 'own' };
    const malware = advisoryIds(reportsOn(name).filter(({ isMalware }) => isMalware));
    if (isBuiltInModule(name)) return { ...none, known: 'built-in', malware };
    if (popular.has(name)) return { ...none, known: 'popular', malware };
    const verdict = judgeName(name, popular);
    if (verdict === undefined)
      return { ...none, known: malware.length > 0 ? 'malware' : 'unlisted', malware };
    const { target, confidence, evidence } = verdict;
    const known = malware.length > 0 ? 'malware' : 'look-alike';
    return { ...none, known, target, confidence, evidence: bounded(evidence, 100), malware };
  });
}

/** Formats a line for each name, the worst first. */
export function formatNames(answers: readonly NameAnswer[]): string {
  const ranked = [...answers].sort((a, b) => rankOf(a) - rankOf(b));
  return ranked.map(formatName).join('\n');
}

const RANKS: readonly NameAnswer['known'][] = [
  'malware',
  'look-alike',
  'invalid',
  'unlisted',
  'built-in',
  'own',
  'popular',
];

function rankOf({ known, malware }: NameAnswer): number {
  return malware.length > 0 ? 0 : RANKS.indexOf(known);
}

function formatName({ name, known, target, confidence, malware }: NameAnswer): string {
  const like = target === null ? '' : ` It looks like ${target} (confidence: ${confidence}).`;
  switch (known) {
    case 'malware':
      return `${name}: some or all versions are known malware (${malware.join(', ')}). Do not install it.${like}`;
    case 'look-alike':
      return `${name}: looks like ${target} (confidence: ${confidence}). Is ${target} meant?`;
    case 'invalid':
      return `${name}: no package can have this name.`;
    case 'unlisted':
      return `${name}: nothing is known of it, not even whether it exists. Verify it before you install it.`;
    case 'built-in':
      return `${name}: a module of Node.js, which needs no package.`;
    case 'own':
      return `${name}: a package of this project, or a name that it allows.`;
    case 'popular':
      return malware.length === 0
        ? `${name}: a popular package.`
        : `${name}: a popular package, but some versions are known malware (${malware.join(', ')}).`;
  }
}
