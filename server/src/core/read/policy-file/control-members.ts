import type { MemberDefinitions } from './member-definition.ts';

/** The members of `controls`: what each project has to have. */
export const CONTROL_MEMBERS = {
  lockfile: { type: 'flag', description: 'A lockfile that git keeps.' },
  cooldownDays: {
    type: 'count',
    description: 'A cooldown of at least this many days in the package manager.',
  },
  installScripts: {
    type: 'choice',
    values: ['reviewed', 'off'],
    description: 'No install script runs without a review, or none at all.',
  },
  exactVersions: {
    type: 'flag',
    description: 'The package manager saves new dependencies as exact versions. Not for published packages.',
  },
  auditLevel: {
    type: 'choice',
    values: ['critical', 'high', 'moderate', 'low'],
    description:
      'No locked package has a known vulnerability of this severity or a higher one that is not accepted.',
  },
  sbom: {
    type: 'flag',
    description: 'An SBOM of CycloneDX or SPDX in the repository, or a workflow that makes one.',
  },
  updateBot: { type: 'flag', description: 'Dependabot or Renovate updates the dependencies of npm.' },
  contact: { type: 'text', description: 'The person or team to ask. Findings show it.' },
} as const satisfies MemberDefinitions;

export type ControlKey = keyof typeof CONTROL_MEMBERS;
