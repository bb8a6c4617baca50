import {
  codePointOf,
  type DeceptiveCharacter,
  deceptiveCharacter,
  deceptiveInValue,
  hiddenCharacter,
  plainValue,
} from '../../know/identity/deceptive-character.ts';
import { asciiLookAlike, looksForeign, visualSkeleton } from '../../know/identity/visual-skeleton.ts';
import type { Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import { nameFixes } from '../../read/manifest/name-fixes.ts';
import type { Project } from '../../read/project/project.ts';
import { replaceValue } from '../../read/text/json/json-edit.ts';
import { remember } from '../../read/text/remember.ts';
import { insideQuotes, type Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';

/**
 * Two names that look identical are one name to a reviewer. Known false positives: a third-party package whose name
 * looks like that of a workspace member in digits and letters; allow it by name, with a reason, in the configuration
 * file.
 */
interface Confusable {
  readonly name: string;
  /**
   * name: the name passes for another; value: its version or URL contains hidden characters; member: it passes for a
   * member.
   */
  readonly where: 'name' | 'value' | 'member';
  /** In Unicode notation. */
  readonly character: string | null;
  readonly looksLike: string;
  /** The imitated name. */
  readonly target: string;
}

export const confusableCharacters = defineRule({
  id: 'confusable-characters',
  category: 'identity',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A name or a version with look-alike or invisible characters.',
    why: `A Cyrillic letter looks like a Latin one. Some characters are invisible, or change the order in which
others are shown. The reviewer then reads one name, and the package manager another. No registry accepts such names
today, but private registries, git and old lockfiles may hold them.

A look-alike of a workspace package's name, such as \`shop-1ib\` for \`shop-lib\`, installs a stranger's package in its
place. Look-alikes of popular names in plain letters are reported by \`typosquat-name\`.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lod\u0430sh": "^4.17.0"
        ^ confusable-characters
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "lodash": "^4.17.0"
  }
}
`,
  },
  perEntry: {},
  check: {
    *manifest(manifest, { project, popular }): Generator<Found<Confusable>> {
      const isPlain = manifest.dependencies.length > FEW && isPlainText(manifest.text);
      const imitatedMember = imitatedMembers(project);
      for (const dependency of manifest.dependencies) {
        const { name, declared = '', target } = dependency;
        const inName = isPlain ? undefined : deceptiveCharacter(name);
        if (inName !== undefined) {
          yield inNameOf(name, characterSpan(dependency.nameSpan, name, inName, manifest.text), inName);
          continue;
        }
        const inValue = isPlain ? undefined : deceptiveInValue(declared);
        if (inValue !== undefined) {
          const span = characterSpan(dependency.valueSpan, declared, inValue, manifest.text);
          yield inNameOf(name, span, inValue, 'value');
          continue;
        }
        const member = imitatedMember(target);
        if (member === undefined || popular.has(target) || isAllowedName(project, target)) continue;
        const data: Confusable = {
          name: target,
          where: 'member',
          character: null,
          looksLike: '',
          target: member,
        };
        yield { span: dependency.nameSpan, data, package: target, target: member };
      }
    },
    *lockfile(lockfile, { entries }): Generator<Found<Confusable>> {
      const seen = new Set<string>();
      for (const { name, keySpan } of entries) {
        if (!looksForeign(name) || seen.has(name)) continue;
        seen.add(name);
        const character = deceptiveCharacter(name);
        if (character !== undefined) yield inNameOf(name, keySpan, character);
      }
      if (!HIDDEN.test(lockfile.text)) return;
      for (const { name, resolved } of entries) {
        const character = resolved === undefined ? undefined : hiddenCharacter(resolved.value);
        if (character !== undefined) yield inNameOf(name, resolved!.span, character, 'value');
      }
    },
  },
  message({ data: { name, where, character, looksLike, target } }) {
    if (where === 'member') {
      return `"${name}" looks the same as "${target}", a package of this workspace, but is a different name. Did you mean "${target}"?`;
    }
    const what = looksLike === '' ? 'which is invisible' : `which looks like "${looksLike}"`;
    return where === 'value'
      ? `The specifier of "${target}" contains ${character}, ${what}. Write it without that character.`
      : `The name that looks like "${target}" contains ${character}, ${what}, so it is a different package. Use plain letters.`;
  },
  *fix({ data, span }, { file, uri, project, text }) {
    if (file.kind !== 'manifest') return;
    const dependency = dependencyAt(file, span);
    if (dependency === undefined) return;
    if (data.where === 'value') {
      const plain = plainValue(dependency.declared ?? '');
      const edits = replaceValue(file.text, dependency.valueSpan, plain) ?? [];
      if (edits.length === 0) return;
      const title = `Replace with ${JSON.stringify(plain)}`;
      yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
      return;
    }
    yield* nameFixes(file, dependency, data.target);
    if (data.where !== 'member') return;
    const allow = allowNameFix(project, text, data.name);
    if (allow !== undefined) yield allow;
  },
});

function inNameOf(
  name: string,
  span: Span,
  { character, looksLike }: DeceptiveCharacter,
  where: 'name' | 'value' = 'name',
): Found<Confusable> {
  const target = asciiLookAlike(name);
  return {
    span,
    data: { name, where, character: codePointOf(character), looksLike, target },
    package: name,
    target,
  };
}

/** Returns the span of the character if the text contains it literally, or of the whole token if it is escaped. */
function characterSpan(
  token: Span,
  value: string,
  { at, character }: DeceptiveCharacter,
  text: string,
): Span {
  const { start } = insideQuotes(token);
  const isPlain = text.slice(start, start + value.length) === value;
  return isPlain ? { start: start + at, end: start + at + character.length } : token;
}

function dependencyAt({ dependencies }: Manifest, { start, end }: Span): ManifestDependency | undefined {
  return dependencies.find(({ span }) => span.start <= start && end <= span.end);
}

interface Skeletons {
  readonly members: ReadonlyMap<string, string>;
  readonly shortest: number;
  readonly longest: number;
}

const known = new WeakMap<ReadonlySet<string>, Skeletons>();

function skeletonsOf(memberNames: ReadonlySet<string>): Skeletons {
  let skeletons = known.get(memberNames);
  if (skeletons === undefined) {
    const members = new Map(Array.from(memberNames, (member) => [visualSkeleton(member), member]));
    const lengths = Array.from(members.keys(), ({ length }) => length);
    // A character that looks like two letters has a single-character skeleton.
    skeletons = { members, shortest: Math.min(...lengths), longest: 2 * Math.max(...lengths) };
    known.set(memberNames, skeletons);
  }
  return skeletons;
}

/** Returns a function from a name to the workspace member that it imitates. */
function imitatedMembers({ memberNames }: Project): (name: string) => string | undefined {
  const { members, shortest, longest } = skeletonsOf(memberNames);
  return (name) => {
    const isOfOtherLength = name.length < shortest || name.length > longest;
    if ((isOfOtherLength && !looksForeign(name)) || memberNames.has(name)) return undefined;
    return members.get(skeletonOf(name));
  };
}

const skeletonOf = remember(4096, visualSkeleton);

/** Up to this number, dependencies are checked individually. */
const FEW = 50;

/** Checks whether no string of a JSON text can contain a deceptive character. */
function isPlainText(text: string): boolean {
  return !/[^\t\n\r -~]/.test(text) && !text.includes('\\u');
}

/** Zero-width characters, and those that change the text direction. Matching is nearly free for one-byte strings. */
const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/;
