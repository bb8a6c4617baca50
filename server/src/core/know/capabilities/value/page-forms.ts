import { Label } from './labels.ts';
import type { Value } from './value.ts';

/** The paths of what a page has: all its fields, one of them, and an event of a form. */
const FIELDS = '<fields>';
const FIELD = '<field>';
const EVENT = '<form event>';

const QUERIES = /^document\.(?:querySelectorAll|getElementsByTagName)$/;
/** All fields or forms of a page, and not those of a widget with a name of its own. */
const ANY_FIELD = /^\s*(?:(?:input|select|textarea|form)(?:\[type[^\]]*\])?\s*(?:,\s*|$))+$/i;
const LISTENS = /(?:^|\.)addEventListener$/;
/** Those of the whole page see what people enter in fields of others. */
const WHOLE_PAGE = /^(?:(?:document|window)\.(?:body\.|documentElement\.)?)?addEventListener$/;
const ENTERS = /^(?:input|change|submit|paste|blur|focusout)$/;

/** Returns the path of what a call gives that reads or waits for the fields of a page; undefined for other calls. */
export function formCall(ref: string, { text = '' }: Value): string | undefined {
  if (QUERIES.test(ref)) return ANY_FIELD.test(text) ? FIELDS : undefined;
  if (ref === 'Array.from' || ref === 'Object.values') return undefined;
  if (!LISTENS.test(ref) || !ENTERS.test(text)) return undefined;
  return WHOLE_PAGE.test(ref) || ref === `${FIELD}.addEventListener` || ref === `${FIELDS}.addEventListener`
    ? EVENT
    : undefined;
}

/** Returns the path of an element of all fields, or of what a handler of a form gets. */
export function elementRef(ref: string | undefined): string | undefined {
  return ref === FIELDS || ref === 'document.forms' || ref === '<form>.elements' ? FIELD : undefined;
}

export function isFormEvent(ref: string | undefined): boolean {
  return ref === EVENT;
}

const ENTERED = new RegExp(
  `^(?:${EVENT}\\.(?:data|clipboardData\\.getData\\(\\)|(?:target|currentTarget|srcElement)\\b.*\\.value)|${FIELD}(?:\\.\\S*)?\\.value)$`,
);

/** Returns the labels of what a path of a page gives: what people enter there. */
export function formLabels(ref: string): number {
  return ref.startsWith('<f') && ENTERED.test(ref) ? Label.entered : 0;
}

/** Checks for a form whose data are read as a whole. */
export function isForm(ref: string | undefined): boolean {
  return ref !== undefined && (ref === FIELD || ref.startsWith(`${EVENT}.`));
}
