import { isBuiltInModule } from '../../know/identity/built-in-modules.ts';
import { popularMeant } from '../../know/identity/confusable-with.ts';
import { isSecurityHolding } from '../../know/registry/releases/security-holding.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { registryDependencies, targetRelated } from '../../read/project/registry-dependencies.ts';
import { defineRule } from '../check/rule.ts';
import { meantNameFixes } from './meant-name-fixes.ts';

/**
 * Nobody can want such a package: code that requests a Node module gets Node's own, and a name reserved by the registry
 * is empty. Known false positives: a package of that name used only by a bundler for browsers.
 */
interface Reserved {
  readonly name: string;
  readonly by: 'node' | 'registry';
  /** A popular package with a similar name. */
  readonly meant: string | null;
}

export const reservedName = defineRule({
  id: 'reserved-name',
  category: 'identity',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A package with the name of a Node.js module, or a name reserved by the registry.',
    why: `Code that imports \`fs\` or \`crypto\` gets Node's own module, whatever is installed. The package of that name
is an empty placeholder or an abandoned package, and can change hands.

When the registry removes a harmful package, it may hold the name with an empty package of its own. A project that
depends on it once installed malware, or mistyped a name. That is an error, and needs registry access. Names that have
an implementation for browsers, such as \`buffer\`, \`events\` or \`process\`, are not reported, nor are aliases such as
\`"crypto": "npm:crypto-browserify@^3.12.0"\`.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "fs": "^0.0.1-security"
    ^^^^ reserved-name
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "buffer": "^6.0.3",
    "crypto": "npm:crypto-browserify@^3.12.0"
  }
}
`,
  },
  factsOfEach: 'also',
  check: {
    *manifest(manifest, { project, facts, popular }) {
      if (facts.unreachable !== undefined && !mayNameBuiltIn(manifest, project)) return;
      for (const item of registryDependencies(project, manifest, { peers: true })) {
        const { dependency, target } = item;
        const place = { span: dependency.nameSpan, package: dependency.name };
        const related = targetRelated(project, item);
        if (isBuiltInModule(target)) {
          const data: Reserved = { name: target, by: 'node', meant: null };
          yield { ...place, data, related };
          continue;
        }
        const fact = facts.packument(target);
        if (fact.state !== 'ready' || !isSecurityHolding(fact.value)) continue;
        const meant = popularMeant(target, popular) ?? null;
        const data: Reserved = { name: target, by: 'registry', meant };
        yield { ...place, data, related, severity: 'error' };
      }
    },
  },
  message({ data: { name, by, meant } }) {
    if (by === 'node')
      return `"${name}" is a module of Node itself, so code that imports it never gets this package. Remove it.`;
    const instead = meant === null ? 'Remove it' : `Use "${meant}" if that is meant`;
    return `"${name}" is a name that the registry holds with a placeholder package to prevent misuse. ${instead} and find out what an earlier install ran.`;
  },
  *fix({ data, span }, context) {
    const { file } = context;
    if (file.kind !== 'manifest') return;
    const dependency = file.dependencies.find(({ nameSpan }) => nameSpan.start === span.start);
    if (dependency?.target === data.name)
      yield* meantNameFixes(file, dependency, data.meant ?? undefined, context);
  },
});

/** Checks without resolving each dependency. */
function mayNameBuiltIn({ dependencies }: Manifest, { catalogs, overrides }: Project): boolean {
  return (
    catalogs.entries.length > 0 ||
    overrides.entries.length > 0 ||
    dependencies.some(({ target }) => isBuiltInModule(target))
  );
}
