import semver from 'semver';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule } from '../check/rule.ts';

/**
 * A package that needs a newer Node.js than the project supports fails there when it is installed or run. Known false
 * alarms: packages that still run on versions that they no longer name.
 */
interface EnginesMismatch {
  readonly name: string;
  readonly version: string | null;
  /** The range of Node.js that the package needs. */
  readonly needed: string;
  /** The range that the project supports. */
  readonly supported: string;
  /** The oldest supported version that does not fit. */
  readonly oldest: string;
}

export const enginesMismatch = defineRule<EnginesMismatch, Record<string, never>>({
  id: 'engines-mismatch',
  category: 'versions',
  preset: 'all',
  severity: 'hint',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency that needs a newer Node.js than the project supports.',
    why: `A project with \`"node": ">=18"\` in \`engines\` says that it works on Node.js 18. A package in its
\`dependencies\` that needs 20 breaks that promise: npm only warns at install (\`EBADENGINE\`), Yarn 1 fails, and the rest
shows at run time.

The rule compares the locked version with the oldest version that the project supports. Development dependencies and
lockfiles that do not record \`engines\` are not judged.`,
    bad: `-- package.json --
{
  "name": "shop",
  "engines": { "node": ">=18" },
  "dependencies": {
    "undici": "^7.0.0"
    ^^^^^^^^ engines-mismatch: undici 7.0.0 needs Node.js >=20.18.1, and the project supports 18.0.0. Use an older version of it, or raise "engines".
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "undici": "^7.0.0" } },
    "node_modules/undici": { "version": "7.0.0", "engines": { "node": ">=20.18.1" } }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "engines": { "node": ">=20.18.1" },
  "dependencies": {
    "undici": "^7.0.0"
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "undici": "^7.0.0" } },
    "node_modules/undici": { "version": "7.0.0", "engines": { "node": ">=20.18.1" } }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }) {
      const supported = supportedNode(manifest, project);
      const oldest = supported === undefined ? undefined : oldestIn(supported.value);
      if (supported === undefined || oldest === undefined) return;
      for (const dependency of effectiveDependencies(manifest)) {
        if (dependency.section !== 'dependencies') continue;
        const entry = lockedEntry(project, manifest.uri, dependency);
        const needed = entry?.details?.engines?.get('node');
        if (needed === undefined || semver.validRange(needed) === null) continue;
        if (semver.satisfies(oldest, needed)) continue;
        const version = entry?.version?.value ?? null;
        yield {
          span: dependency.nameSpan,
          data: { name: dependency.name, version, needed, supported: supported.value, oldest },
          package: dependency.name,
          ...(version === null ? {} : { version }),
          related: [{ uri: supported.uri, span: supported.span, message: 'The supported versions.' }],
        };
      }
    },
  },
  message({ data: { name, version, needed, oldest } }) {
    const subject = version === null ? name : `${name} ${version}`;
    return `${subject} needs Node.js ${needed}, and the project supports ${oldest}. Use an older version of it, or raise "engines".`;
  },
  *fix({ data }, { file, uri, project }) {
    if (file.kind !== 'manifest' || supportedNode(file, project)?.uri !== uri) return;
    // The range of the package is taken only where it is a plain lower bound, as those of engines are.
    if (!/^\s*>=\s*\d+(?:\.\d+){0,2}\s*$/.test(data.needed) || !/^\s*>=/.test(data.supported)) return;
    const edits = setProperty(file.text, ['engines', 'node'], data.needed);
    if (edits === undefined || edits.length === 0) return;
    yield {
      title: `Require Node.js ${data.needed} in "engines"`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

/** Returns the range of a manifest's own `engines`, or else of the root's. */
function supportedNode(
  manifest: Manifest,
  { rootManifest }: Project,
): { readonly value: string; readonly span: Span; readonly uri: string } | undefined {
  for (const from of [manifest, rootManifest]) {
    const node = from?.engines.get('node');
    if (from !== undefined && node !== undefined)
      return { value: node.value, span: node.span, uri: from.uri };
  }
  return undefined;
}

function oldestIn(range: string): string | undefined {
  if (semver.validRange(range) === null) return undefined;
  const oldest = semver.minVersion(range)?.version;
  // A range without a lower bound promises nothing.
  return oldest === '0.0.0' ? undefined : oldest;
}
