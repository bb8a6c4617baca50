import type { ConfigMember } from '../../read/config/tree/config-tree.ts';
import { specOfYarnrc } from '../../read/manager/managers.ts';
import type { TlsSetting } from '../../read/manager/model/settings.ts';
import { npm } from '../../read/manager/npm/npm.ts';
import { pnpm } from '../../read/manager/pnpm/pnpm.ts';
import { removeSetting } from '../../read/project/remove-setting.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Without certificate verification anybody can answer: TLS then protects from passive listeners at most. Checks only
 * the project's own files, as users' machines are their own responsibility. Known false positives: none; a registry
 * with a certificate that no authority signed can be trusted by its certificate instead.
 */
interface Disabled {
  /** As written in the file: `strict-ssl=false`. */
  readonly setting: string;
  readonly key: string;
  /** The setting that names a certificate authority. */
  readonly authority: string;
}

export const tlsVerificationDisabled = defineRule<Disabled, Record<string, never>>({
  id: 'tls-verification-disabled',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A project setting that turns off certificate verification for registries.',
    why: `With \`strict-ssl=false\`, \`enableStrictSsl: false\` or \`strictSsl: false\` a registry need not prove its
identity. Anyone on the network path of an install can then answer with other packages, and gets the tokens that are
sent along.

The setting usually comes from a proxy or registry with a company certificate. Configure the company's authority
instead, with \`cafile\`, \`httpsCaFilePath\` for Yarn, or \`NODE_EXTRA_CA_CERTS\`.

Requests of this tool ignore such a line as well: they verify certificates unless the user's own configuration
disables it.`,
    bad: `-- package.json --
{ "name": "shop" }
-- .npmrc --
registry=https://npm.example.test/
strict-ssl=false
^^^^^^^^^^^^^^^^ tls-verification-disabled
`,
    good: `-- package.json --
{ "name": "shop" }
-- .npmrc --
registry=https://npm.example.test/
cafile=certs/acme.pem
`,
  },
  check: {
    *npmrc({ entries }) {
      const { tls } = npm.settings;
      const last = entries.findLast(({ key, list }) => key === tls?.key && !list);
      if (tls === undefined || last?.value.trim() !== 'false') return;
      const span = { start: last.keySpan.start, end: last.valueSpan.end };
      yield found(span, { key: tls.key, ...dataOf(tls) });
    },
    *yarnrc(file) {
      const { tls } = specOfYarnrc(file).settings;
      if (tls !== undefined) yield* inTree(file.setting(tls.key), dataOf(tls));
    },
    *pnpmWorkspace(file) {
      const { tls } = pnpm.settings;
      if (tls !== undefined) yield* inTree(file.setting(tls.key), dataOf(tls));
    },
  },
  message: ({ data: { setting, authority } }) =>
    `"${setting}" turns off certificate verification, so anyone on the network path can pose as the registry. Delete it and configure your own authority with "${authority}".`,
  *fix({ data: { key, setting } }, { file, uri }) {
    const edits = removeSetting(file, key);
    if (edits.length === 0) return;
    // If the machine does not trust the registry's authority, nothing can be installed afterwards.
    yield {
      title: `Delete "${setting}"`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

function dataOf({ shown, authority }: TlsSetting): Omit<Disabled, 'key'> {
  return { setting: shown, authority };
}

/** Accepts 0 as false, as Yarn does; pnpm reads only booleans. */
function* inTree(member: ConfigMember | undefined, data: Omit<Disabled, 'key'>): Generator<Found<Disabled>> {
  const value = member?.value;
  if (member === undefined || value?.type !== 'scalar') return;
  const isOff = value.text === 'false' || (value.text === '0' && member.key === 'enableStrictSsl');
  if (isOff) yield found({ start: member.keySpan.start, end: value.span.end }, { ...data, key: member.key });
}

function found(span: Span, data: Disabled): Found<Disabled> {
  return { span, data };
}
