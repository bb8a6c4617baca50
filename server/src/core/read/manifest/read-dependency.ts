import type { JsonNode, JsonProperty } from '../text/json/json-node.ts';
import { stringOf } from '../text/json/json-tree.ts';
import type { Span } from '../text/span.ts';
import { type KnownName, knownName } from './known-name.ts';
import type { DependencySection, ManifestDependency } from './manifest.ts';
import { targetOf } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** Reads the dependencies among a section's properties; all offsets are shifted by `by`. */
export function readDependencies(
  section: DependencySection,
  properties: readonly JsonProperty[],
  by = 0,
): readonly ManifestDependency[] {
  const dependencies: ManifestDependency[] = [];
  for (const { key, colon, keySpan, value, span } of properties) {
    if (colon === undefined || isNoName(key)) continue;
    const valueType = isComplete(value) ? value.type : 'missing';
    const spans = { name: keySpan, value: value?.span ?? keySpan, whole: span };
    const wording = new Wording(section, knownName(key), stringOf(value), valueType, spans);
    dependencies.push(new Dependency(wording, span.start + by));
  }
  return dependencies;
}

/** Returns the same dependency with its offsets shifted. */
export function moveDependency(dependency: ManifestDependency, by: number): ManifestDependency {
  return dependency instanceof Dependency
    ? new Dependency(dependency.wording, dependency.start + by)
    : dependency;
}

/** "" and keys that people write comments under. A key becomes a dependency with its colon. */
function isNoName(key: string): boolean {
  return key === '' || key.startsWith('//');
}

function isComplete(node: JsonNode | undefined): node is JsonNode {
  if (node === undefined) return false;
  return node.type === 'string' || node.type === 'object' || node.type === 'array' ? node.closed : true;
}

const ADDRESS = /^[.]|[/:\\]|[.]t(?:gz|ar)/i;

/** The content of a dependency and the distances of its tokens, independent of its position. */
class Wording {
  readonly section: DependencySection;
  readonly known: KnownName;
  readonly declared: string | undefined;
  readonly valueType: ManifestDependency['valueType'];
  readonly mayBeUrl: boolean;
  readonly nameLength: number;
  readonly valueAt: number;
  readonly valueLength: number;
  readonly length: number;
  #specifier: Specifier | undefined;

  constructor(
    section: DependencySection,
    known: KnownName,
    declared: string | undefined,
    valueType: ManifestDependency['valueType'],
    spans: { readonly name: Span; readonly value: Span; readonly whole: Span },
  ) {
    const { name, value, whole } = spans;
    this.section = section;
    this.known = known;
    this.declared = declared;
    this.valueType = valueType;
    this.mayBeUrl = declared !== undefined && ADDRESS.test(declared);
    this.nameLength = name.end - name.start;
    this.valueAt = value.start - whole.start;
    this.valueLength = value.end - value.start;
    this.length = whole.end - whole.start;
  }

  /** Parsed on first use, because most edits need only few of them. */
  get specifier(): Specifier {
    this.#specifier ??=
      this.declared === undefined
        ? { type: 'invalid', reason: 'it is not a string' }
        : this.known.specifierOf(this.declared);
    return this.#specifier;
  }
}

/** A wording with its offset: an edit moves thousands of them, but changes few. */
class Dependency implements ManifestDependency {
  readonly wording: Wording;
  readonly start: number;

  constructor(wording: Wording, start: number) {
    this.wording = wording;
    this.start = start;
  }

  get section(): DependencySection {
    return this.wording.section;
  }

  get name(): string {
    return this.wording.known.text;
  }

  get nameProblem(): string | undefined {
    return this.wording.known.problem;
  }

  get nameSpan(): Span {
    return { start: this.start, end: this.start + this.wording.nameLength };
  }

  get declared(): string | undefined {
    return this.wording.declared;
  }

  get valueType(): ManifestDependency['valueType'] {
    return this.wording.valueType;
  }

  get valueSpan(): Span {
    const start = this.start + this.wording.valueAt;
    return { start, end: start + this.wording.valueLength };
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  get end(): number {
    return this.start + this.wording.length;
  }

  get mayBeUrl(): boolean {
    return this.wording.mayBeUrl;
  }

  get specifier(): Specifier {
    return this.wording.specifier;
  }

  get target(): string {
    return targetOf(this.name, this.specifier);
  }
}
