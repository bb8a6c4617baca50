import { type JsonNode, type JsonProperty, stringOf } from '../text/json-tree.ts';
import type { Span } from '../text/span.ts';
import { type KnownName, knownName } from './known-name.ts';
import type { DependencySection, ManifestDependency } from './manifest.ts';
import { targetOf } from './read-specifier.ts';
import type { Specifier } from './specifier.ts';

/** The dependencies among a section's properties; all places are moved by `by`. */
export function readDependencies(
  section: DependencySection,
  properties: readonly JsonProperty[],
  by = 0,
): readonly ManifestDependency[] {
  const dependencies: ManifestDependency[] = [];
  for (const { key, colon, keySpan, value, span } of properties) {
    if (colon === undefined || isNoName(key)) continue;
    const dependency = new Dependency(
      section,
      knownName(key),
      keySpan,
      stringOf(value),
      isComplete(value) ? value.type : 'missing',
      value?.span ?? keySpan,
      span,
    );
    dependencies.push(by === 0 ? dependency : dependency.movedBy(by));
  }
  return dependencies;
}

/** The same dependency, that much further on in the text. */
export function moveDependency(dependency: ManifestDependency, by: number): ManifestDependency {
  return dependency instanceof Dependency ? dependency.movedBy(by) : dependency;
}

/** "" and keys that people write comments under. A key becomes a dependency with its colon. */
function isNoName(key: string): boolean {
  return key === '' || key.startsWith('//');
}

function isComplete(node: JsonNode | undefined): node is JsonNode {
  if (node === undefined) return false;
  return node.type === 'string' || node.type === 'object' || node.type === 'array' ? node.closed : true;
}

/** Reads its specifier when first asked, as most edits ask for few of them. */
class Dependency implements ManifestDependency {
  readonly section: DependencySection;
  readonly name: string;
  readonly nameSpan: Span;
  readonly declared: string | undefined;
  readonly valueType: ManifestDependency['valueType'];
  readonly valueSpan: Span;
  readonly span: Span;
  readonly #known: KnownName;
  #specifier: Specifier | undefined;

  constructor(
    section: DependencySection,
    known: KnownName,
    nameSpan: Span,
    declared: string | undefined,
    valueType: ManifestDependency['valueType'],
    valueSpan: Span,
    span: Span,
  ) {
    this.section = section;
    this.name = known.text;
    this.nameSpan = nameSpan;
    this.declared = declared;
    this.valueType = valueType;
    this.valueSpan = valueSpan;
    this.span = span;
    this.#known = known;
  }

  get nameProblem(): string | undefined {
    return this.#known.problem;
  }

  get specifier(): Specifier {
    this.#specifier ??=
      this.declared === undefined
        ? { type: 'invalid', reason: 'it is no text' }
        : this.#known.specifierOf(this.declared);
    return this.#specifier;
  }

  get target(): string {
    return targetOf(this.name, this.specifier);
  }

  movedBy(by: number): Dependency {
    const moved = new Dependency(
      this.section,
      this.#known,
      movedSpan(this.nameSpan, by),
      this.declared,
      this.valueType,
      movedSpan(this.valueSpan, by),
      movedSpan(this.span, by),
    );
    moved.#specifier = this.#specifier;
    return moved;
  }
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
