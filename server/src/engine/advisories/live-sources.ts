import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AskedGroup, AskedPackages } from '../../core/know/advisory/asked-packages.ts';
import { bulkAdvisories } from '../../core/know/advisory/bulk/bulk-advisories.ts';
import type { BulkAdvisory } from '../../core/know/advisory/bulk/bulk-answer.ts';
import type { OsvHit } from '../../core/know/advisory/osv/osv-hit.ts';
import { osvHitAdvisories } from '../../core/know/advisory/osv/osv-hit-advisories.ts';
import { OSV_API } from '../../core/know/advisory/osv/osv-url.ts';
import { transportFor } from '../../core/know/registry/access/transport.ts';
import { MINUTE } from '../../core/know/registry/documents/document-kind.ts';
import type { Project } from '../../core/read/project/project.ts';
import { hostAndPort, isSameHost, parseWebUrl } from '../../core/read/text/paths/web-url.ts';
import type { CachePort, ClockPort } from '../ports.ts';
import { credentialText } from '../registry/credential-text.ts';
import type { Outgoing } from '../registry/outgoing.ts';
import { askBulk, bulkKey, createBulkAnswers } from './bulk-source.ts';
import type { AskLive, LiveAnswers } from './live-answers.ts';
import { createLiveLayers } from './live-layers.ts';
import { type LiveSource, liveSource } from './live-source.ts';
import { askOsv, createOsvAnswers, osvKey } from './osv-source.ts';

export interface LivePorts {
  /** Undefined if nothing may be sent. */
  readonly outgoing: Outgoing | undefined;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
  /** The base URL of a service like OSV, if it is not OSV's own. */
  readonly osvApi?: string | undefined;
}

/** The sources that are queried by package, each with the answers shared by all askers. */
export interface LiveSources {
  of(project: Project, asked: AskedPackages, admitted: ReadonlySet<AdvisorySource>): readonly LiveSource[];
  /** Lets what failed be requested again at once. */
  tryAgain(): void;
}

export function createLiveSources({ outgoing, cache, clock, osvApi = OSV_API }: LivePorts): LiveSources {
  const bulk = new Map<string, LiveAnswers<BulkAdvisory>>();
  const osv = new Map<string, LiveAnswers<OsvHit>>();
  const layerOfBulk = createLiveLayers<BulkAdvisory>();
  const layerOfOsv = createLiveLayers<OsvHit>();
  const reach = <T>(ask: (ports: { outgoing: Outgoing; clock: ClockPort }) => AskLive<T>): AskLive<T> => {
    if (outgoing !== undefined) return ask({ outgoing, clock });
    return async () => ({ state: 'failed', detail: 'offline', until: clock.now() + MINUTE });
  };

  const ofRegistry = (project: Project, group: AskedGroup, at: number): LiveSource => {
    const { registry, credential, packages } = group;
    const { npmConfig, root } = project;
    const place = { registry, transport: transportFor(npmConfig, registry) };
    const key = bulkKey(place);
    const live = bulk.get(key) ?? createBulkAnswers(place, { cache, clock });
    bulk.set(key, live);
    const address = parseWebUrl(registry);
    const isPublicHost = isSameHost(registry, npmConfig.publicRegistry);
    return liveSource({
      source: 'registry',
      key: `${root} ${key} ${at}`,
      host: address === undefined || isPublicHost ? undefined : hostAndPort(address),
      live,
      packages,
      asker: credentialText(credential),
      ask: reach((ports) => askBulk(place, credential, ports)),
      layer: () =>
        layerOfBulk({
          ...{ source: 'registry', live, npmConfig, advisories: bulkAdvisories },
          serves: (name) => npmConfig.registryFor(name).url === registry,
        }),
    });
  };
  const ofOsv = ({ root, npmConfig }: Project, { publicPackages }: AskedPackages): LiveSource => {
    const place = { api: osvApi, transport: transportFor(npmConfig, osvApi) };
    const key = osvKey(place);
    const live = osv.get(key) ?? createOsvAnswers(place, { cache, clock });
    osv.set(key, live);
    return liveSource({
      source: 'osv',
      key: `${root} ${key}`,
      host: undefined,
      live,
      packages: publicPackages,
      asker: '',
      ask: reach((ports) => askOsv(place, ports)),
      layer: () =>
        layerOfOsv({
          ...{ source: 'osv', live, npmConfig, advisories: osvHitAdvisories },
          serves: (name) => isSameHost(npmConfig.registryFor(name).url, npmConfig.publicRegistry),
        }),
    });
  };

  return {
    of(project, asked, admitted) {
      const registries = admitted.has('registry')
        ? asked.groups.map((group, at) => ofRegistry(project, group, at))
        : [];
      const isAsked = admitted.has('osv') && asked.publicPackages.size > 0;
      return isAsked ? [...registries, ofOsv(project, asked)] : registries;
    },
    tryAgain() {
      for (const live of [...bulk.values(), ...osv.values()]) live.tryAgain();
    },
  };
}
