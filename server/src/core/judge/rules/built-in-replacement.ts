import semver from 'semver';
import { nativeReplacement } from '../../know/replacements/native-replacement.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { defineRule } from '../check/rule.ts';

/**
 * A package that only does what the language or Node.js does by now is one more publisher to trust. The table is that of
 * the e18e project. Known false alarms: code for old browsers, and arguments that only the package accepts.
 */
interface BuiltIn {
  readonly name: string;
  readonly replacement: string;
  readonly since: string;
}

export const builtInReplacement = defineRule<BuiltIn, Record<string, never>>({
  id: 'built-in-replacement',
  category: 'maintenance',
  preset: 'all',
  severity: 'hint',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency for something that is built into Node.js.',
    why: `Packages such as \`object-assign\` filled gaps of old engines. Today they are one more publisher to trust,
and often pull in more of the kind. The rule knows some 250 of them, from the maintained table of module-replacements.

It reports direct dependencies, if the oldest Node.js in \`engines\` has the replacement. There is no fix, as the code
has to change with the manifest. Code for old browsers may need the package.`,
    bad: `-- package.json --
{
  "name": "shop",
  "engines": { "node": ">=20" },
  "dependencies": {
    "object-assign": "^4.1.1"
    ^^^^^^^^^^^^^^^ built-in-replacement: object-assign may be unnecessary: Node.js has Object.assign since 4.0.0.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "engines": { "node": ">=20" },
  "dependencies": {
    "undici": "^7.0.0"
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }) {
      const oldest = oldestNode(manifest, project);
      if (oldest === undefined) return;
      const reported = new Set<string>();
      for (const { name, target, nameSpan } of effectiveDependencies(manifest)) {
        const found = reported.has(name) ? undefined : nativeReplacement(target);
        if (found === undefined || semver.lt(oldest, found.since)) continue;
        reported.add(name);
        const data: BuiltIn = { name: target, replacement: found.name, since: found.since };
        yield { span: nameSpan, data, package: name, ...(target === name ? {} : { target }) };
      }
    },
  },
  message: ({ data: { name, replacement, since } }) =>
    `${name} may be unnecessary: Node.js has ${replacement} since ${since}.`,
});

/** Returns the oldest Node.js that a project supports; undefined if it names none, as code for browsers. */
function oldestNode(manifest: Manifest, { rootManifest }: Project): string | undefined {
  const range = (manifest.engines.get('node') ?? rootManifest?.engines.get('node'))?.value;
  if (range === undefined || semver.validRange(range) === null) return undefined;
  return semver.minVersion(range)?.version;
}
