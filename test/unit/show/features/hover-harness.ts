import assert from 'node:assert/strict';
import { NOTHING_KNOWN, type PackageFacts } from '../../../../server/src/core/know/facts/package-facts.ts';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { hoverPlainText } from '../../../../server/src/core/show/features/hover/card-text.ts';
import { hover } from '../../../../server/src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../../../../server/src/core/show/features/hover/target.ts';
import { openWorkspace } from '../../../workspace.ts';
import { samplePackument } from '../../know/registry/sample-packument.ts';
import { knownAdvisories } from './known-advisories.ts';

export const NOW = Date.parse('2026-11-24T12:00:00Z');

export const MANIFEST = `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left-pad": "^1.0.0",
    "git-dep": "github:acme/git-dep#v1.2.3",
    "shop-a": "*",
    "pad": "npm:left-pad@^1.0.0"
  },
  "devDependencies": {
    "@acme/left-pad": "~1.1.0",
    "not-locked": "^1.0.0"
  },
  "allowScripts": { "left-pad@1.2.0": true },
  "workspaces": ["packages/*"]
}
-- packages/a/package.json --
{ "name": "shop-a", "version": "1.0.0" }
`;
export const NPMRC = `-- .npmrc --
# ours
@acme:registry=https://npm.acme.example.test/
`;
export const LOCKFILE = `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "name": "shop",
      "workspaces": ["packages/*"],
      "dependencies": {
        "git-dep": "github:acme/git-dep#v1.2.3",
        "left-pad": "^1.0.0",
        "pad": "npm:left-pad@^1.0.0",
        "shop-a": "*"
      },
      "devDependencies": { "@acme/left-pad": "~1.1.0", "not-locked": "^1.0.0" }
    },
    "node_modules/@acme/left-pad": {
      "version": "1.1.0",
      "resolved": "https://npm.acme.example.test/@acme/left-pad/-/left-pad-1.1.0.tgz",
      "integrity": "sha512-AAAA",
      "dev": true
    },
    "node_modules/git-dep": {
      "version": "1.2.3",
      "resolved": "git+ssh://git@github.com/acme/git-dep.git#0123456789012345678901234567890123456789",
      "license": "ISC",
      "dependencies": { "left-pad": "^1.1.0" }
    },
    "node_modules/left-pad": {
      "version": "1.2.0",
      "resolved": "https://registry.public.example.test/left-pad/-/left-pad-1.2.0.tgz",
      "integrity": "sha512-BBBB",
      "hasInstallScript": true,
      "license": "MIT"
    },
    "node_modules/pad": {
      "name": "left-pad",
      "version": "1.1.0",
      "resolved": "https://registry.public.example.test/left-pad/-/left-pad-1.1.0.tgz",
      "integrity": "sha512-CCCC"
    },
    "node_modules/shop-a": { "resolved": "packages/a", "link": true },
    "packages/a": { "name": "shop-a", "version": "1.0.0" }
  }
}
`;

export function ready(json: unknown = samplePackument(), more: object = {}): Fact<Packument> {
  const { name } = json as { name: string };
  const result = narrowPackument(json, { name, now: NOW });
  assert.ok('packument' in result);
  return { state: 'ready', value: result.packument, asOf: NOW, stale: false, ...more };
}

/** Returns the facts beside a packument: by default, no download counts. */
export function knownOf(packument: Fact<Packument>, more: Partial<PackageFacts> = {}): PackageFacts {
  const downloads = { state: 'unavailable', reason: 'not-provided', detail: 'not counted' } as const;
  return { ...NOTHING_KNOWN, downloads, packument, ...more };
}

/** Returns a fact that is known now. */
export function fact<T>(value: T) {
  return { state: 'ready', value, asOf: NOW, stale: false } as const;
}

export const VERIFIED = { type: 'verified', keyid: 'SHA256:x', integrity: 'sha512-1.2.0' } as const;

/** Hovers over the first `needle` of a file. */
export async function card(
  source: string,
  needle: string,
  packument: Fact<Packument>,
  {
    path = 'package.json',
    trusted = true,
    findings = [] as readonly { severity: 'warning' | 'hint'; message: string; rule?: string }[],
    shownByEditor = false,
    allChecked = true,
    known = {} as Partial<PackageFacts>,
    advisories = knownAdvisories(),
  } = {},
) {
  const workspace = await openWorkspace(source, { settings: { trusted } });
  const uri = workspace.uri(path);
  const text = workspace.text(path)!;
  const { project, files } = workspace.snapshot.projectOf(uri)!;
  const at = text.indexOf(needle);
  assert.notEqual(at, -1);
  const target = hoverTarget(project, files.get(uri)!, at + 1);
  if (target === undefined) return undefined;
  const placed = findings.map((finding) => ({ ...finding, span: target.range }));
  const { span, card } = hover(target, {
    project,
    known: knownOf(packument, known),
    advisories,
    allChecked,
    findings: placed,
    cursor: shownByEditor ? at + 1 : undefined,
    now: NOW,
  });
  return { plain: hoverPlainText(card), card, token: text.slice(span.start, span.end), target };
}

export async function plain(...parameters: Parameters<typeof card>): Promise<string | undefined> {
  return (await card(...parameters))?.plain;
}
