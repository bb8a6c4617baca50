import type { PopularNames } from '../identity/popular-names.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';
import type { Project } from '../project/project.ts';
import { isPrivateScope } from '../project/registries/private-scopes.ts';
import { registryDependencies } from '../project/registry-dependencies.ts';
import { replaceValue } from '../text/json-edit.ts';
import { scopeOf } from '../text/scope-of.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * Code says `react`, reviewers read `react`, and a stranger's package runs. Known false positives: a fork that is meant,
 * which is allowed by name, with a reason, in the configuration file.
 */
interface Misleading {
  readonly alias: string;
  readonly target: string;
}

export const misleadingAlias = defineRule({
  id: 'misleading-alias',
  category: 'identity',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A popular name under which another, little known package is installed.',
    why: `\`"react": "npm:reakt-fork@^19.0.0"\` makes every import of react one of reakt-fork, and nothing in the code shows
it. An alias that leads to another popular package is common and is not reported, nor one that an override of the root sets,
nor one that leads to a package of the workspace, of its own scope, or of a scope that a private registry serves. In a
lockfile an alias that nothing declares is told by \`lockfile-entry-mismatch\`.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "npm:reakt-fork@^19.0.0"
             ^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "npm:preact@^10.0.0",
    "react-17": "npm:react@^17.0.0"
  }
}
`,
  },
  perDependency: true,
  check: {
    *manifest(manifest, { project, popular }): Generator<Found<Misleading>> {
      if (manifest.dependencies.every(({ name, target }) => name === target)) return;
      for (const { dependency, meaning, target } of registryDependencies(project, manifest, {
        peers: true,
      })) {
        const { name, valueSpan } = dependency;
        if (meaning.override !== undefined || dependency.target !== target) continue;
        if (!misleads(name, target, popular) || isOurs(project, target, manifest.name?.value)) continue;
        yield {
          span: valueSpan,
          data: { alias: name, target },
          package: target,
          target: name,
        };
      }
    },
  },
  message({ data: { alias, target } }) {
    return `Under the name of "${alias}" this installs "${target}", which is another package and little known; make sure that it is meant.`;
  },
  *fix({ data, span }, { file, uri, project, text }) {
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ valueSpan }) => valueSpan.start === span.start);
    if (dependency?.specifier.type === 'alias') {
      const range = dependency.declared?.slice(`npm:${data.target}@`.length) || '*';
      const edits = replaceValue(file.text, span, range) ?? [];
      const title = `Install "${data.alias}" itself: ${JSON.stringify(range)}`;
      if (edits.length > 0)
        yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
    }
    const allow = allowNameFix(project, text, data.target);
    if (allow !== undefined) yield allow;
  },
});

function misleads(alias: string, target: string, popular: PopularNames): boolean {
  return alias !== target && popular.has(alias) && !popular.has(target);
}

function isOurs(project: Project, target: string, owner = project.rootManifest?.name?.value): boolean {
  if (project.memberNames.has(target) || isAllowedName(project, target)) return true;
  const scope = scopeOf(target);
  return scope !== undefined && (isPrivateScope(project, scope) || scope === scopeOf(owner ?? ''));
}
