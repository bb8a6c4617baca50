import type { Rule, RuleOption } from '../../src/core/judge/check/rule.ts';
import {
  APPROVAL_MEMBERS,
  REQUIRED_OF_APPROVAL,
  TRIGGER_MEMBERS,
} from '../../src/core/read/policy-file/approval-members.ts';
import { CONTROL_MEMBERS } from '../../src/core/read/policy-file/control-members.ts';
import { INCIDENT_MEMBERS } from '../../src/core/read/policy-file/incident-members.ts';
import { DEFAULT_PRESET, PRESETS } from '../../src/core/read/policy-file/presets.ts';
import { OVERRIDE_KEYS } from '../../src/core/read/policy-file/read-overrides.ts';
import { ALLOW_MEMBERS, DENY_MEMBERS } from '../../src/core/read/policy-file/term-members.ts';
import { WATCH_MEMBERS } from '../../src/core/read/policy-file/watch-members.ts';
import { DEFAULT_FIXTURES } from '../../src/core/read/project/fixture-files.ts';
import { SEVERITIES } from '../../src/core/read/text/finding.ts';
import { entrySchema } from './entry-schema.ts';
import type { GeneratedFile } from './generated-file.ts';
import { uncheckedSchema } from './unchecked-schema.ts';

const RELATIVE = "relative to this file's folder (with --config, to the checked directory)";

/** Returns the JSON schema (draft 7) of `dependency-hygiene.json`, with the rules' ids and options. */
export function policySchema(rules: readonly Rule[]): GeneratedFile {
  return asFile('server/schema/dependency-hygiene.schema.json', schemaOf(rules, '#/properties'));
}

/**
 * Returns the same for an editor in which the rule `policy-file-invalid` reports: it completes and describes, and
 * reports nothing.
 */
export function policyEditorSchema(rules: readonly Rule[]): GeneratedFile {
  return asFile(
    'server/schema/dependency-hygiene.editor.schema.json',
    uncheckedSchema(schemaOf(rules, '#/anyOf/0/properties')),
  );
}

function asFile(path: string, schema: object): GeneratedFile {
  return { path, text: `${JSON.stringify(schema, undefined, 2)}\n` };
}

/** @param properties where the schema has its properties, for references to them */
function schemaOf(rules: readonly Rule[], properties: string): object {
  const item = { type: 'string', minLength: 1 };
  const keys = OVERRIDE_KEYS.filter((key) => key !== 'paths');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Dependency Hygiene',
    description: "A project's rules for its npm dependencies, read by editors and the command line alike.",
    type: 'object',
    additionalProperties: false,
    allowComments: true,
    allowTrailingCommas: true,
    properties: {
      $schema: { type: 'string' },
      extends: {
        description:
          'Policies that this one inherits from: paths of the repository that begin with "./" or "../", or installed packages. What this file sets counts first.',
        anyOf: [item, { type: 'array', items: item }],
      },
      preset: {
        description: 'Which rules are on. A severity that is set for a rule turns it on in any preset.',
        enum: Object.keys(PRESETS),
        enumDescriptions: Object.values(PRESETS),
        default: DEFAULT_PRESET,
      },
      rules: {
        description: 'By rule: its severity, "off", or both severity and options.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSetting(rule)])),
      },
      ignores: {
        description: 'Findings that are accepted, each with a reason and the last day on which that counts.',
        type: 'array',
        items: ignoreEntry(rules),
      },
      exclude: stringList(`Paths that are not checked, as globs ${RELATIVE}.`),
      fixtures: {
        ...stringList(
          `Fixtures, examples, templates and benchmarks, as globs ${RELATIVE}: most findings there are one level milder.`,
        ),
        default: DEFAULT_FIXTURES,
      },
      privateScopes: privateScopes(),
      internalNames: stringList('Package names without a scope that only a registry of our own serves.'),
      mirrors: {
        description: "Addresses that serve the public registry's packages unchanged.",
        type: 'array',
        items: { type: 'string', pattern: '^https?://' },
        uniqueItems: true,
      },
      allowedHosts: stringList('Hosts beside the registries that a lockfile may download from.'),
      allowNames: allowNames(),
      deny: {
        description:
          'Dependencies that must not be installed, direct or transitive. All conditions of an entry have to hold.',
        type: 'array',
        items: entrySchema(DENY_MEMBERS, ['reason']),
      },
      allow: {
        description:
          'Exceptions from "deny": by name from every entry, without a name from entries that deny the same property.',
        type: 'array',
        items: entrySchema(ALLOW_MEMBERS, ['reason']),
      },
      approvals: {
        description: 'Dependencies that somebody has reviewed, for "requireApproval".',
        type: 'array',
        items: {
          ...entrySchema(APPROVAL_MEMBERS, REQUIRED_OF_APPROVAL),
          defaultSnippets: [
            {
              label: 'Approve a dependency',
              body: { name: '$1', range: '^$2', by: '$3', date: '$4', reason: '$5' },
            },
          ],
        },
      },
      requireApproval: {
        description:
          'Which direct dependencies need an entry of "approvals". Unknown properties require none.',
        ...entrySchema(TRIGGER_MEMBERS),
      },
      controls: {
        description: 'What each project has to have.',
        ...entrySchema(CONTROL_MEMBERS),
      },
      incident: {
        description: 'Notes that the response to malware shows.',
        ...entrySchema(INCIDENT_MEMBERS),
      },
      watch: {
        description: 'What "dephygiene watch" follows besides direct dependencies.',
        ...entrySchema(WATCH_MEMBERS),
      },
      overrides: {
        description: 'What holds for some files instead or besides, such as the packages of a monorepo.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['paths'],
          properties: {
            paths: {
              ...stringList(`Files, or folders with all files below, as globs ${RELATIVE}.`),
              minItems: 1,
            },
            ...Object.fromEntries(keys.map((key) => [key, { $ref: `${properties}/${key}` }])),
          },
        },
      },
    },
    patternProperties: { '^x-': { description: 'Anything: keys of other tools are left alone.' } },
  };
}

function ruleSetting({ docs, severity, options }: Rule): object {
  const level = { enum: [...SEVERITIES, 'off'] };
  const members = Object.entries(options).map(([name, option]) => [name, optionSchema(option)]);
  const withOptions = {
    type: 'array',
    minItems: 1,
    maxItems: 2,
    items: [level, { type: 'object', additionalProperties: false, properties: Object.fromEntries(members) }],
  };
  return {
    description: `${docs.summary} Default: ${severity}.`,
    anyOf: [level, withOptions],
  };
}

function optionSchema(option: RuleOption): object {
  const { type, description, default: value } = option;
  if (type === 'choice') return { description, enum: option.values, default: value };
  if (type === 'strings') return { description, type: 'array', items: { type: 'string' }, default: value };
  return { description, type, default: value };
}

function ignoreEntry(rules: readonly Rule[]): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'reason', 'expires'],
    defaultSnippets: [
      {
        label: 'Accept an advisory',
        body: {
          rule: 'vulnerable-dependency',
          id: '$1',
          package: '$2',
          version: '$3',
          reason: '$4',
          expires: '$5',
        },
      },
    ],
    properties: {
      rule: {
        description: 'The rule whose finding is accepted.',
        enum: rules.map(({ id }) => id),
        enumDescriptions: rules.map(({ docs }) => docs.summary),
      },
      id: {
        description: 'The id of one advisory: GHSA, CVE, MAL or any other that it is known by.',
        type: 'string',
        minLength: 1,
      },
      package: {
        description: 'The package, as its name is written; of an advisory, the package that it is about.',
        type: 'string',
        minLength: 1,
      },
      version: {
        description:
          'Only this version of it. Malware and altered packages are accepted by exact version only.',
        type: 'string',
        minLength: 1,
      },
      path: { description: `Only in files that this glob matches, ${RELATIVE}.`, type: 'string' },
      reason: {
        description: 'Why it is accepted. An entry without a reason does not count.',
        type: 'string',
        minLength: 1,
      },
      expires: {
        description: 'The last day on which the entry counts, at most half a year from now: YYYY-MM-DD.',
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      },
    },
  };
}

function privateScopes(): object {
  const scope = { type: 'string', pattern: '^@[^/]+$' };
  return {
    description: 'Scopes of our own: never to be taken from the public registry.',
    type: 'array',
    items: {
      anyOf: [
        scope,
        {
          type: 'object',
          additionalProperties: false,
          required: ['scope'],
          properties: {
            scope: { description: 'The scope, with its @.', ...scope },
            registry: { description: 'The registry that serves it.', type: 'string', pattern: '^https?://' },
          },
        },
      ],
    },
  };
}

function allowNames(): object {
  const name = { type: 'string', minLength: 1 };
  return {
    description: 'Package names that are meant as they are, though they resemble popular ones.',
    type: 'array',
    items: {
      anyOf: [
        name,
        {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          properties: { name, reason: { description: 'Why it is meant.', type: 'string' } },
        },
      ],
    },
  };
}

function stringList(description: string): object {
  return { description, type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true };
}
