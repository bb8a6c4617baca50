import type {
  Advisories,
  AdvisorySourceState,
  SourcedAdvisories,
} from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import type { LiveView } from './live-source.ts';

/** The combined sources of a project, as far as settings, trust and privacy permit. */
export interface SourcesNow {
  /** All layers combined. */
  readonly combined: Pick<Advisories, 'of' | 'affecting'>;
  /** The layers, in order of precedence. */
  readonly layers: readonly AdvisoryLayer[];
  readonly isPending: boolean;
  /** Computed lazily, as it counts the packages of a large project. */
  readonly states: () => readonly AdvisorySourceState[];
  readonly live: readonly LiveView[];
}

/** The advisories of a project at one moment. Nothing is opened or looked up before it is needed. */
export class ProjectAdvisories implements SourcedAdvisories {
  readonly #look: () => SourcesNow;
  #now: SourcesNow | undefined;

  constructor(look: () => SourcesNow) {
    this.#look = look;
  }

  of(name: string): ReturnType<Advisories['of']> {
    return this.#seen().combined.of(name);
  }

  affecting(name: string, version: string): ReturnType<Advisories['affecting']> {
    return this.#seen().combined.affecting(name, version);
  }

  get knowledge(): object {
    return this.#seen().combined;
  }

  toldBy(name: string, version: string): readonly AdvisorySource[] {
    const reported = this.#seen().layers.filter(({ answered }) => answered?.(name, version) !== false);
    return [...new Set(reported.map(({ source }) => source))];
  }

  get isPending(): boolean {
    return this.#seen().isPending;
  }

  get sources(): readonly AdvisorySourceState[] {
    return this.#seen().states();
  }

  /** Checks whether nothing that was read has changed. True if nothing was read yet. */
  isCurrent(): boolean {
    return this.#now?.live.every((view) => view.isCurrent()) ?? true;
  }

  /** When a live source must be queried, in milliseconds since 1970. */
  get due(): number {
    return this.#seen().live.reduce((due, view) => Math.min(due, view.due), Number.POSITIVE_INFINITY);
  }

  #seen(): SourcesNow {
    this.#now ??= this.#look();
    return this.#now;
  }
}
