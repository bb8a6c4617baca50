import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { lockedEntry, registryVersion } from '../../read/project/locked/locked-dependency.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import { relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { plural } from '../../read/text/words/words.ts';
import { moveDependency } from '../check/move-dependency.ts';
import { defineRule, type FixContext } from '../check/rule.ts';

/**
 * An undeclared package is found only because something else installs it at the top of node_modules: another version, or
 * nothing, may be there after the next update, and pnpm and Yarn's PnP do not find it at all.
 */
interface Missing {
  readonly name: string;
  /** development: published code imports a development dependency. */
  readonly kind: 'missing' | 'development';
  readonly file: string;
  readonly uri: Uri;
  readonly line: number;
  readonly files: number;
  /** Whether only types are imported. */
  readonly isType: boolean;
  /** Whether only tests and tools import it. */
  readonly isDevelopment: boolean;
  /** Whether no code imports it, and the configuration of a tool names it. */
  readonly isNamed: boolean;
}

export const missingDependency = defineRule<Missing, Record<string, never>>({
  id: 'missing-dependency',
  category: 'maintenance',
  preset: 'all',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A package that the code imports and no manifest declares.',
    why: `An undeclared package works only while another package happens to install it at the top of \`node_modules\`. The
next update may install another version, or none. pnpm and Yarn's PnP do not find it at all.

Packages that the configuration of a tool names are reported as well, such as presets of Babel and plugins of ESLint.

Modules of Node.js, subpath imports, path aliases and ambient module declarations are not reported. Nor are fixtures,
examples, and imports inside of \`try\`.

The rule also reports a library whose published files import a development dependency, which its users do not get. It
judges only entry points that are in the repository as they are published.

The search runs in \`dephygiene unused\`, in \`check\` if the rule is enabled, and then also in idle editors.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
  ^^^^^^^^^^^^^^ missing-dependency: zod is imported but not declared (src/index.js:1). Add it to dependencies.
    "react": "^19.0.0"
  }
}
-- src/index.js --
import { z } from 'zod';
import React from 'react';
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "^19.0.0",
    "zod": "^4.1.0"
  }
}
-- src/index.js --
import { z } from 'zod';
import React from 'react';
`,
  },
  readsUsage: true,
  check: {
    *manifest(manifest, { project: { usage, root } }) {
      const found = usage?.get(manifest.uri);
      if (found === undefined) return;
      const declared = new Map(manifest.dependencies.map((dependency) => [dependency.name, dependency]));
      const section =
        manifest.sections.find((each) => each.section === 'dependencies') ?? manifest.sections[0];
      const start = manifest.rootSpan?.start ?? 0;
      const span = section?.keySpan ?? { start, end: start + 1 };
      for (const { name, uri, line, files, isType, isDevelopment, isNamed } of found.missing) {
        if (declared.has(name)) continue;
        const data: Missing = {
          ...{ name, kind: 'missing', file: relativeUri(root, uri), uri, line, files },
          ...{ isType, isDevelopment, isNamed },
        };
        yield { span, data, package: name, ...(isType ? { severity: 'hint' } : {}) };
      }
      for (const { name, section: from, uri, line } of found.misplaced) {
        const dependency = declared.get(name);
        if (from !== 'devDependencies' || dependency?.section !== from) continue;
        const data: Missing = {
          ...{ name, kind: 'development', file: relativeUri(root, uri), uri, line, files: 1 },
          ...{ isType: false, isDevelopment: false, isNamed: false },
        };
        yield { span: dependency.nameSpan, data, package: name };
      }
    },
  },
  message({ data: { name, kind, file, line, files, isType, isDevelopment, isNamed } }) {
    const place = `${file}:${line}${files > 1 ? ` and ${plural(files - 1, 'other file')}` : ''}`;
    if (kind === 'development')
      return `${name} is only in devDependencies, and published code imports it (${place}). Move it to dependencies.`;
    const section = isType || isDevelopment ? 'devDependencies' : 'dependencies';
    return `${name} is ${isNamed ? 'named in configuration' : 'imported'} but not declared (${place}). Add it to ${section}.`;
  },
  *fix({ data, span }, context) {
    const { file, uri } = context;
    if (file.kind !== 'manifest') return;
    const { name, kind, isType, isDevelopment } = data;
    if (kind === 'development') {
      const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
      const moved = dependency && moveDependency(file, dependency, 'dependencies');
      if (moved === undefined) return;
      const edits = moved.map((edit) => ({ uri, ...edit }));
      yield { title: `Move ${name} to dependencies`, applicability: 'unsafe', edits };
      return;
    }
    const version = lockedVersionOf(name, context);
    if (version === undefined) return;
    const section = isType || isDevelopment ? 'devDependencies' : 'dependencies';
    const edits = setProperty(file.text, [section, name], `^${version}`, { sorted: true });
    if (edits === undefined || edits.length === 0) return;
    yield {
      title: `Add ${name} ^${version} to ${section}, the locked version`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

/** Returns the version that the import finds now; undefined if the lockfile has none or several of them. */
function lockedVersionOf(name: string, { project, uri }: FixContext): string | undefined {
  const { lockfile } = project;
  if (lockfile === undefined) return undefined;
  const entry = lockedEntry(project, uri, { name }) ?? onlyEntry(name, lockfile.entries);
  return entry === undefined ? undefined : registryVersion(entry, name);
}

function onlyEntry(name: string, entries: readonly LockEntry[]): LockEntry | undefined {
  const found = entries.filter((entry) => (entry.alias ?? entry.name) === name);
  return new Set(found.map(({ version }) => version?.value)).size === 1 ? found[0] : undefined;
}
