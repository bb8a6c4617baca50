import { remember } from '../../../read/text/remember.ts';
import { OWN_PAGE } from './configured.ts';
import { Label, WANTED } from './labels.ts';
import { memberRef, refValue } from './refs.ts';
import { nameLabels } from './text-labels.ts';
import { either, isKnown, labelled, UNKNOWN, type Value, withLabels, withoutLabels } from './value.ts';

/** Members of answers that say where the machine is. */
const PLACE = /^(?:country(?:_?(?:code|name))?\w{0,5}|time_?zone|continent_?\w{0,4})$/i;

const PAGE_HOST = /^(?:document\.)?location\.(?:host|origin)$/;

/** Members of credentials that say where they are for. */
const NO_SECRET =
  /^(?:\w*_)?(?:region|account_?id|role(?:_?(?:name|arn))?|profile|endpoint|registry|host|port|url)$/i;

/** Members of requests and answers that have none of their data. */
const NO_CONTENT =
  /^(?:method|status|statusCode|statusText|ok|origin|protocol|hostname|pathname|length|size|byteLength|duration)$/;

/** A variable of the environment, by its name. */
const VARIABLE = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/;

/** What the name of a member says. */
const traits = remember(10_000, (name) => ({
  /** The label that a member of credentials does not have. */
  notSecret: NO_SECRET.test(name) ? Label.credential : 0,
  notContent: NO_CONTENT.test(name) ? Label.captured : 0,
  isPlace: PLACE.test(name),
  isVariable: VARIABLE.test(name),
}));

/** Returns the member of a value that has a name. */
export function memberOf(object: Value, name: string): Value {
  const found = anyMemberOf(object, name);
  if ((found.labels & (Label.credential | Label.captured)) === 0) return found;
  const { notSecret, notContent } = traits(name);
  return withoutLabels(found, (object.members?.has(name) === true ? 0 : notSecret) | notContent);
}

function anyMemberOf(object: Value, name: string): Value {
  const own = object.members?.get(name);
  if (own !== undefined) return withLabels(own, 0);
  if (name === 'length')
    return object.text === undefined || object.isPartial === true
      ? object.list === undefined
        ? UNKNOWN
        : { labels: 0, number: object.list.length }
      : { labels: 0, number: object.text.length };
  if (
    name === 'constructor' &&
    object.ref !== undefined &&
    !/^(?:module|require\.main|process|mod:module)/.test(object.ref)
  )
    return { labels: object.labels, ref: 'Function' };
  if (
    name === 'constructor' &&
    ((object.fn !== undefined && object.self === undefined) ||
      /^(?:list|text|object)\.|\.constructor$/.test(object.ref ?? ''))
  )
    return { labels: object.labels, ref: 'Function' };
  const isPlace = (object.labels & Label.remote) !== 0 && traits(name).isPlace;
  const named = nameLabels(name) | (isPlace ? Label.place : 0);
  if (object.ref === undefined) {
    if (object.list !== undefined)
      return /^\d+$/.test(name)
        ? (object.list[Number(name)] ?? UNKNOWN)
        : { labels: object.labels, ref: `list.${name}` };
    if (object.text !== undefined) return { labels: object.labels, ref: `text.${name}` };
    if (object.members !== undefined && name !== 'constructor')
      return labelled(named | (object.labels & ~WANTED & ~ofMembers(object.members)));
    return name === 'constructor'
      ? { labels: object.labels, ref: 'object.constructor' }
      : labelled((object.labels & ~Label.environment) | named);
  }
  const ref = memberRef(object.ref, name);
  const found: Value =
    ref.includes('location.') && PAGE_HOST.test(ref) ? { labels: 0, ref, text: OWN_PAGE } : refValue(ref);
  // A variable of the environment is no longer all of it.
  const isOfVariable = (object.labels & Label.environment) !== 0 && traits(name).isVariable;
  const passed =
    object.ref === 'process.env' ? 0 : isOfVariable ? object.labels & ~Label.environment : object.labels;
  return withLabels(found, passed | named);
}

/** Returns the labels of decoders that members with names explain: another member was not decoded for these. */
function ofMembers(members: ReadonlyMap<string, Value>): number {
  let labels = 0;
  for (const member of members.values()) labels |= member.labels & (Label.decoded | Label.codes);
  return labels;
}

/** Adds to a value what becomes part of it, or of a member of it. */
export function withPart(value: Value, path: readonly string[], part: Value): Value {
  const labels = value.labels | part.labels;
  const [name, ...rest] = path;
  if (name === undefined || (part.labels === 0 && !isKnown(part))) return withLabels(value, labels);
  const known = value.members?.get(name) ?? (value.ref === undefined ? UNKNOWN : memberOf(value, name));
  const member = rest.length === 0 ? either(known, part) : withPart(known, rest, part);
  return { ...value, labels, members: new Map(value.members).set(name, member) };
}
