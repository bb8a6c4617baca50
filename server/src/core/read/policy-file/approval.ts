import type { Span } from '../text/span.ts';
import type { APPROVAL_MEMBERS, REQUIRED_OF_APPROVAL, TRIGGER_MEMBERS } from './approval-members.ts';
import type { MemberValues } from './member-definition.ts';

type Values = MemberValues<typeof APPROVAL_MEMBERS>;
type Required = (typeof REQUIRED_OF_APPROVAL)[number];

/** A dependency that somebody has reviewed. Effective until the end of the day `expires`. */
export type Approval = {
  readonly [K in Required]: NonNullable<Values[K]>;
} & Pick<Values, 'expires'> & {
    /** Its name. */
    readonly keySpan: Span;
    readonly span: Span;
  };

/** What makes a direct dependency need an approval; nothing by default. */
export type ApprovalTriggers = MemberValues<typeof TRIGGER_MEMBERS>;
