import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { otherSources } from '../../read/project/locked/other-sources.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { restoreCommand } from '../entries/restore-command.ts';

/**
 * A git dependency has no hash, and a frozen install uses the repository and commit in the lockfile. Known false
 * positives: a code host that serves one repository under two names.
 */
interface SourceMismatch {
  readonly name: string;
  readonly declared: string;
  readonly elsewhere: string;
}

export const lockfileSourceMismatch = defineRule<SourceMismatch, Record<string, never>>({
  id: 'lockfile-source-mismatch',
  category: 'lockfile',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A git or URL dependency that the lockfile takes from another source.',
    why: `Package managers compare the manifest with its copy in the lockfile, and then install the source in the
entry. An entry with another repository, URL or commit than declared installs that one. Git has no hash that would
show it.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "kit": "git+https://git.example.test/acme/kit.git#v1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "name": "shop",
      "dependencies": { "kit": "git+https://git.example.test/acme/kit.git#v1.0.0" }
    },
    "node_modules/kit": {
      "version": "1.0.0",
      "resolved": "git+https://git.example.test/evil/kit.git#0123456789abcdef0123456789abcdef01234567"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lockfile-source-mismatch: kit does not come from its declared source: the lockfile takes it from git.example.test/evil/kit. Restore the lockfile from git and find out who changed it.
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "kit": "git+https://git.example.test/acme/kit.git#v1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "name": "shop",
      "dependencies": { "kit": "git+https://git.example.test/acme/kit.git#v1.0.0" }
    },
    "node_modules/kit": {
      "version": "1.0.0",
      "resolved": "git+ssh://git@git.example.test/acme/kit.git#0123456789abcdef0123456789abcdef01234567"
    }
  }
}
`,
  },
  check: {
    *lockfile(lockfile, { project }): Generator<Found<SourceMismatch>> {
      if (lockfile !== project.lockfile) return;
      for (const { entry, name, declared, elsewhere } of otherSources(lockfile, project)) {
        yield {
          span: entry.resolved?.span ?? entry.keySpan,
          data: { name, declared: redactUserinfo(declared), elsewhere: shownText(redactUserinfo(elsewhere)) },
          package: name,
          ...(entry.version === undefined ? {} : { version: entry.version.value }),
        };
      }
    },
  },
  message: ({ data: { name, elsewhere } }) =>
    `${name} does not come from its declared source: the lockfile ${elsewhere}. Restore the lockfile from git and find out who changed it.`,
  *fix({ span }, { project, uri }) {
    yield* restoreCommand(uri, project, span);
  },
});
