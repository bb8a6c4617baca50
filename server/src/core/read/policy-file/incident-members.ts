import type { MemberDefinitions, MemberValues } from './member-definition.ts';

/** The members of `incident`: what the response to malware shows besides its steps. */
export const INCIDENT_MEMBERS = {
  contacts: { type: 'texts', description: 'The people or teams to tell at once.' },
  communication: { type: 'text', description: 'Who is informed, how, and by whom.' },
  rollback: { type: 'text', description: 'How a release is rolled back.' },
} as const satisfies MemberDefinitions;

export type IncidentNotes = MemberValues<typeof INCIDENT_MEMBERS>;

export const NO_INCIDENT_NOTES: IncidentNotes = {
  contacts: undefined,
  communication: undefined,
  rollback: undefined,
};
