import type { MemberDefinitions } from './member-definition.ts';

const NAME = {
  type: 'texts',
  description: 'Package names; `*` matches any characters: "@acme/*".',
} as const;
const REASON = { type: 'text', description: 'Why. Findings show it.' } as const;
const CONTACT = { type: 'text', description: 'The person or team to ask. Findings show it.' } as const;

/** The conditions of an entry, all of which a dependency has to meet. */
const CONDITIONS = {
  name: NAME,
  range: { type: 'range', description: 'Only these versions.' },
  license: {
    type: 'texts',
    description:
      'Licenses as SPDX identifiers, also with an exception: "GPL-2.0-only WITH Classpath-exception-2.0"; `*` matches any characters: "AGPL-*". An expression with OR is denied only if each choice is.',
  },
  host: {
    type: 'texts',
    description: 'Hosts that it is downloaded from, as the lockfile records or the registry is configured.',
  },
  publisher: {
    type: 'texts',
    description: 'Accounts that published the version, if its registry names them.',
  },
} as const satisfies MemberDefinitions;

/** The members of an entry of `deny`. */
export const DENY_MEMBERS = {
  ...CONDITIONS,
  scope: {
    type: 'choice',
    values: ['production', 'all'],
    description: 'Use "production" to permit what only development dependencies install.',
  },
  unknownLicense: {
    type: 'flag',
    description:
      'Also denies packages that state no license, or one that is no SPDX expression, such as "SEE LICENSE IN LICENSE". It needs "license".',
  },
  use: { type: 'range', description: 'The range to use instead. A fix writes it.' },
  reason: REASON,
  contact: CONTACT,
} as const satisfies MemberDefinitions;

/** The members of an entry of `allow`. */
export const ALLOW_MEMBERS = {
  ...CONDITIONS,
  reason: REASON,
  contact: CONTACT,
} as const satisfies MemberDefinitions;

export const CONDITION_KEYS = Object.keys(CONDITIONS) as readonly (keyof typeof CONDITIONS)[];
