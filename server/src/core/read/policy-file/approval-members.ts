import type { MemberDefinitions } from './member-definition.ts';

/** The members of an entry of `approvals`. */
export const APPROVAL_MEMBERS = {
  name: {
    type: 'texts',
    description: 'Package names; `*` matches any characters: "@acme/*".',
  },
  range: { type: 'range', description: 'The approved versions.' },
  by: { type: 'text', description: 'Who approved it.' },
  date: { type: 'day', description: 'The day of the approval: YYYY-MM-DD.' },
  reason: { type: 'text', description: 'Why it may be used.' },
  expires: { type: 'day', description: 'The last day on which the approval counts: YYYY-MM-DD.' },
} as const satisfies MemberDefinitions;

/** The members that an approval needs to be effective. */
export const REQUIRED_OF_APPROVAL = ['name', 'range', 'by', 'date', 'reason'] as const;

/** The members of `requireApproval`: what makes a direct dependency need one. */
export const TRIGGER_MEMBERS = {
  weeklyDownloadsOver: {
    type: 'count',
    description: 'Packages with more downloads a week than this, whose compromise reaches many.',
  },
  installScripts: { type: 'flag', description: 'Packages with an install script.' },
  newMaintainerDays: {
    type: 'count',
    description: 'Versions by an account that published its first version of the package in this many days.',
  },
  contact: { type: 'text', description: 'The person or team that approves. Findings show it.' },
} as const satisfies MemberDefinitions;
