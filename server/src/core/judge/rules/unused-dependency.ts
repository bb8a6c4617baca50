import type { Manifest } from '../../read/manifest/manifest.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import { relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { plural } from '../../read/text/words/words.ts';
import { moveDependency } from '../check/move-dependency.ts';
import { defineRule } from '../check/rule.ts';

/**
 * A dependency that nothing uses is installed, audited and updated for nothing, and its install scripts run. Known false
 * alarms: packages that only a program outside of the repository loads by name.
 */
interface Unused {
  readonly name: string;
  /** misplaced: only tests and tools use it. */
  readonly kind: 'unused' | 'misplaced';
  /** The numbers of files that were searched. */
  readonly code: number;
  readonly configuration: number;
  /** Whether it is known which packages others want to find beside them. */
  readonly arePeersKnown: boolean;
  /** For a misplaced one, a file that uses it and the line. */
  readonly file: string | null;
  readonly uri: Uri | null;
  readonly line: number | null;
}

export const unusedDependency = defineRule<Unused, Record<string, never>>({
  id: 'unused-dependency',
  category: 'maintenance',
  preset: 'all',
  severity: 'hint',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency that no source, script or configuration file uses.',
    why: `An unused dependency costs install time, alarms and trust in one more publisher. The rule searches all files below
the manifest that git does not ignore. It finds imports in sources and style sheets, names in configuration files (also the
short names of tools), and commands in scripts, workflows and Dockerfiles. Peers of other packages, types of used packages,
and packages that a framework loads by itself count as used.

The rule also reports a test tool under \`dependencies\` that only tests import. It is silent if a file could not be read,
or if code computes the name of a package from a matching beginning.

The search runs in \`dephygiene unused\`, in \`check\` if the rule is enabled, and then also in idle editors.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left-pad": "^1.3.0",
    ^^^^^^^^^^ unused-dependency: left-pad is unused: none of 2 searched files imports or names it. Remove it unless another package needs it as a peer, which only an install shows.
    "zod": "^4.1.0"
  }
}
-- src/index.js --
import { z } from 'zod';
-- src/other.js --
// left-pad
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "zod": "^4.1.0"
  }
}
-- src/index.js --
import { z } from 'zod';
`,
  },
  readsUsage: true,
  check: {
    *manifest(manifest, { project: { usage, root } }) {
      const found = usage?.get(manifest.uri);
      if (found === undefined) return;
      const { code, configuration } = found.searched;
      const reported = new Set<string>();
      for (const { name, nameSpan, section } of manifest.dependencies) {
        if (reported.has(name)) continue;
        const place = found.misplaced.find((each) => each.name === name && each.section === section);
        const isUnused =
          found.unused.has(name) && (section === 'dependencies' || section === 'devDependencies');
        if (!isUnused && (place === undefined || section !== 'dependencies')) continue;
        reported.add(name);
        const kind = isUnused ? 'unused' : 'misplaced';
        const file = place === undefined ? null : relativeUri(root, place.uri);
        const data: Unused = {
          name,
          kind,
          code,
          configuration,
          arePeersKnown: found.arePeersKnown,
          file,
          uri: place?.uri ?? null,
          line: place?.line ?? null,
        };
        yield { span: nameSpan, data, package: name };
      }
    },
  },
  message({ data: { name, kind, code, configuration, arePeersKnown, file, line } }) {
    if (kind === 'misplaced')
      return `${name} is only used for development, as in ${file}:${line}. Move it to devDependencies.`;
    const searched = plural(code + configuration, 'searched file');
    const unless = arePeersKnown
      ? ''
      : ' unless another package needs it as a peer, which only an install shows';
    return `${name} is unused: none of ${searched} imports or names it. Remove it${unless}.`;
  },
  *fix({ data, span }, { file, uri }) {
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency === undefined) return;
    if (data.kind === 'misplaced') {
      const moved = moveDependency(file, dependency, 'devDependencies');
      if (moved === undefined) return;
      const edits = moved.map((edit) => ({ uri, ...edit }));
      yield { title: `Move ${data.name} to devDependencies`, applicability: 'unsafe', edits };
      return;
    }
    const edits = removeProperty((file as Manifest).text, dependency.span) ?? [];
    if (edits.length === 0) return;
    yield {
      title: `Remove ${data.name} from ${dependency.section}`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});
