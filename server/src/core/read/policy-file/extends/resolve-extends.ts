import { indexLines } from '../../text/lines/line-index.ts';
import { nameOf, type Uri } from '../../text/paths/uri.ts';
import { asClause } from '../../text/words/clause.ts';
import type { Policy, PolicyProblem } from '../policy.ts';
import { type ExtendedPolicy, extendPolicy } from './extend-policy.ts';
import { extendsTarget } from './extends-target.ts';

/** What is known of a file that a policy may extend; `pending` until it is read. */
export type PolicyLookup = Policy | 'missing' | 'pending' | { readonly refused: string };

/** A policy with what it inherits. */
export interface ResolvedPolicy {
  readonly policy: Policy;
  /** Items of its `extends` that name nothing, each at its place. */
  readonly problems: readonly PolicyProblem[];
  /** The files that it inherits from, nearest first. */
  readonly files: readonly Policy[];
}

/** More are a mistake, and policies that share others are resolved once for each path to them. */
const MOST_LEVELS = 8;
export const MOST_EXTENDED = 20;
const MOST_POLICIES = 100;

interface Resolving {
  readonly top: Uri;
  look(uri: Uri): PolicyLookup;
  /** How many more policies may be resolved. */
  left: number;
}

/**
 * Resolves `extends` of a policy. Never throws: an item that cannot be resolved is a problem, and private names count as
 * lost then.
 *
 * @param top the top of the repository that holds the policy
 * @param look what is known of a file
 */
export function resolveExtends(own: Policy, top: Uri, look: (uri: Uri) => PolicyLookup): ResolvedPolicy {
  return resolve(own, { top, look, left: MOST_POLICIES }, own.uri === undefined ? [] : [own.uri]);
}

function resolve(own: Policy, resolving: Resolving, path: readonly Uri[]): ResolvedPolicy {
  if (own.uri === undefined || own.extends.length === 0) return { policy: own, problems: [], files: [] };
  const problems: PolicyProblem[] = [];
  const extended: ExtendedPolicy[] = [];
  const files: Policy[] = [];
  let lostPrivacy = own.lostPrivacy;
  for (const item of own.extends.slice(0, MOST_EXTENDED)) {
    const { span, value } = item;
    const report = (fault: string) => {
      const problem = { span, message: `"${value}" ${fault}.` };
      problems.push(problem);
      lostPrivacy ??= problem;
    };
    const found = lookUp(value, own.uri, resolving);
    if (found === 'pending') {
      lostPrivacy ??= { span, message: `"${value}" is not read yet.` };
    } else if ('fault' in found) {
      report(found.fault);
    } else {
      const uri = found.uri!;
      const cycle = path.indexOf(uri);
      if (cycle !== -1) {
        report(
          `leads back to ${nameOf(path[cycle]!)}, so that policies extend each other; remove one of them`,
        );
        continue;
      }
      if (path.length > MOST_LEVELS) {
        report(`is more than ${MOST_LEVELS} policies away; extend fewer of them`);
        continue;
      }
      if (resolving.left-- <= 0) {
        report(`is one of more than ${MOST_POLICIES} policies; extend fewer of them`);
        continue;
      }
      const inner = resolve(found, resolving, [...path, uri]);
      const [problem] = [...found.problems, ...inner.problems];
      if (problem !== undefined) {
        const line = indexLines(found.text).positionAt(problem.span.start).line + 1;
        report(`is invalid in line ${line}: ${asClause(problem.message)}`);
      }
      lostPrivacy ??= inner.policy.lostPrivacy && { span, message: inner.policy.lostPrivacy.message };
      extended.push({ item, policy: inner.policy });
      files.push(found, ...inner.files);
    }
  }
  const beyond = own.extends[MOST_EXTENDED];
  if (beyond !== undefined)
    problems.push({
      span: beyond.span,
      message: `Only the first ${MOST_EXTENDED} items of "extends" count.`,
    });
  return { policy: { ...extendPolicy(own, extended), lostPrivacy }, problems, files };
}

function lookUp(
  item: string,
  from: Uri,
  { top, look }: Resolving,
): Policy | 'pending' | { readonly fault: string } {
  const target = extendsTarget(item, from, top);
  if (target.type === 'fault') return target;
  for (const uri of target.files) {
    const found = look(uri);
    if (found === 'missing') continue;
    if (found === 'pending') return found;
    return 'refused' in found ? { fault: `cannot be read: it ${found.refused}` } : found;
  }
  return {
    fault:
      target.type === 'package'
        ? 'is not installed, or has no policy; install it before the check'
        : 'does not exist',
  };
}
