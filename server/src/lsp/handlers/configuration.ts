import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { EngineSettings } from '../../engine/settings.ts';
import { DEFAULT_CLIENT_SETTINGS, readClientSettings } from '../client-settings.ts';
import { guardNotification } from '../guard.ts';
import { SETTINGS_SECTION } from '../messages.ts';
import {
  followOrganisationPolicy,
  organisationPolicyOf,
  reportOrganisationPolicy,
} from '../organisation-policy.ts';
import type { ServerState } from '../server-state.ts';
import { within } from '../timers.ts';

/** The longest wait for a client's settings before the first diagnosis. */
const PATIENCE_MS = 1000;

/** Configures the engine by the client's settings and trust together. */
export function applySettings(server: ServerState): void {
  const { trusted } = server;
  const { online, severities, preset, advisories } = server.clientSettings;
  const policy = organisationPolicyOf(server);
  const ofFolders = [...server.folderSettings].map(([uri, own]) => [uri, [...own.severities], own.preset]);
  const rules = [[...severities], preset, ofFolders];
  const key = JSON.stringify([trusted, online, rules, [...advisories.sources], policy]);
  if (key === server.settingsKey) return;
  server.settingsKey = key;
  server.session.configure(engineSettings(server));
}

/** Returns the engine settings that result from the client's settings and trust. */
export function engineSettings(server: ServerState): EngineSettings {
  const { trusted, trustedFolders, abilities, clientSettings, folderSettings } = server;
  const { online, severities, preset, advisories } = clientSettings;
  const organisationPolicy = organisationPolicyOf(server);
  // A folder has settings too, and could loosen the policy with these.
  const isLocked = organisationPolicy !== undefined;
  return {
    ...{ trusted, trustedFolders, online, policyFile: undefined, organisationPolicy },
    ...(isLocked ? { severities: new Map() } : { severities, preset, ofFolders: folderSettings }),
    comparesCommits: true,
    // A client that pulls and cannot be told to pull again would never learn of them.
    opensAdvisoriesLater: !abilities.pullsDiagnostics || abilities.refreshesDiagnostics,
    advisorySources: advisories.sources,
  };
}

/** Requests the client's settings and follows their changes, with whichever protocol mechanism the client supports. */
export function watchSettings(server: ServerState): void {
  const { connection, abilities } = server;
  const take = (value: unknown, folderSettings: ServerState['folderSettings'] = new Map()) => {
    server.folderSettings = folderSettings;
    const before = server.clientSettings;
    server.clientSettings = readClientSettings(value);
    applySettings(server);
    const { inlayHints, updateHints, advisories, watch } = server.clientSettings;
    const isUpdated = advisories.updateDatabase !== before.advisories.updateDatabase;
    const isWatched = watch !== before.watch;
    if (server.clientSettings.policy !== before.policy) reportPolicy(undefined);
    if (inlayHints !== before.inlayHints || updateHints !== before.updateHints || isUpdated || isWatched)
      server.changed.call();
  };
  const followed = new Set<string>();
  const reportPolicy = guardNotification(server.log, 'window/showMessage', async () => {
    const { policy = '' } = server.clientSettings;
    await reportOrganisationPolicy(server);
    if (followed.has(policy)) return;
    followed.add(policy);
    await followOrganisationPolicy(server);
  });
  const ask = async () => {
    const section = SETTINGS_SECTION;
    // Of a single folder, these are the settings of all.
    const folders = server.folders.length > 1 ? server.folders : [];
    const items = [{ section }, ...folders.map((scopeUri) => ({ section, scopeUri }))];
    const [value, ...values]: unknown[] = await connection.workspace.getConfiguration(items);
    take(value, new Map(folders.map((folder, at) => [folder, readClientSettings(values[at])])));
  };
  const askSafely = guardNotification(server.log, 'workspace/configuration', ask);

  connection.onDidChangeConfiguration(
    guardNotification(server.log, 'workspace/didChangeConfiguration', async ({ settings }) => {
      if (abilities.answersConfiguration) await ask();
      else take(settings?.[SETTINGS_SECTION]);
    }),
  );
  if (abilities.registersConfiguration) {
    const registered = connection.client.register(DidChangeConfigurationNotification.type, {
      section: SETTINGS_SECTION,
    });
    registered.catch(() => server.log('The client did not register for changes of settings.'));
  }
  if (!abilities.answersConfiguration) {
    server.clientSettings = DEFAULT_CLIENT_SETTINGS;
    return;
  }
  if (abilities.changesFolders) connection.workspace.onDidChangeWorkspaceFolders(() => askSafely(undefined));
  server.settled = within(server.timers, PATIENCE_MS, askSafely(undefined));
}
