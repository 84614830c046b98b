/** Composition of what listens: the brands, our own speaker, the interface, the pages. Each gets what it needs by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { carrierNews } from './api/carrier-news.ts';
import { health } from './api/health.ts';
import { type ApiOptions, api } from './api/index.ts';
import { readWords } from './api/words.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createCarrier } from './connectors/carrier.ts';
import { consoleTakes } from './console-slots.ts';
import type { Core } from './core.ts';
import type { Ears } from './ears.ts';
import { createLive, type Live } from './live.ts';
import { createPages } from './pages.ts';
import { alexa } from './platforms/alexa/index.ts';
import { aligenie } from './platforms/aligenie/index.ts';
import { createCertificates } from './platforms/certificates.ts';
import { dueros } from './platforms/dueros/index.ts';
import { type LinkingOptions, linking } from './platforms/linking/index.ts';
import type { Locale, Reply } from './platforms/platform.ts';
import { speaker } from './platforms/speaker/index.ts';
import type { SpeakerHooks } from './platforms/speaker/parts.ts';
import { speakerSockets } from './platforms/speaker/sockets.ts';
import type { BrandOptions } from './platforms/webhook.ts';
import { xiaoai } from './platforms/xiaoai/index.ts';
import { createPrintedMonth } from './printed-month.ts';
import { compose, DEFAULT_PACE } from './reply.ts';
import { createSpokenWords } from './spoken-words.ts';
import type { Voices } from './voices.ts';

export interface AppParts {
  core: Core;
  config: Config;
  voices: Voices;
  /** Absent: nothing is heard, typed text stands in. */
  ears?: Ears;
  /** Migrated, seeded, announced. */
  started: () => boolean;
  /** Milliseconds of event loop delay from which the pages' interface says that it is overloaded. */
  longestDelayMs?: number;
}

const BODY_LIMIT = 1_000_000;

/** Everything registered and nothing listening yet; `close()` ends the sockets, while the stores are their owner's (core.ts) to close. */
export async function createApp({
  core,
  config,
  voices,
  ears,
  started,
  longestDelayMs,
}: AppParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: core.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }), // metrics count requests; a line each would name homes
    trustProxy: Boolean(config.publicUrl),
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
  });
  await app.register(health, {
    probes: {
      started,
      database: () => core.database.ping(),
      redis: () => core.redis.ping(),
      speech: () => speechProfile(voices, ears),
      voice: () => voices.profile,
      hearing: () => ears?.profile ?? 'none',
      platforms: () => openBrands(config),
    },
    clock: core.clock,
    demoClock: config.demoClock !== undefined,
    engine: core.database.engine,
    registry: core.metrics.registry,
  });
  await app.register(websocket, speakerSockets);
  await registerBrands(app, core, config);
  await app.register(carrierNews, { key: config.carrier?.key, heard: core.services.rung });
  await app.register(linking, linkingOptions(core, config));
  const pages = createPages();
  const live = createLive(core, config, { medium: voices.medium, captions: ears?.captions });
  app.addHook('onClose', () => live.close());
  await app.register(speaker, {
    ...brandOptions(core, 'zh-CN'),
    devices: core.services.devices,
    bus: core.bus,
    presence: core.presence,
    instance: core.instance,
    clock: core.clock,
    publicUrl: config.publicUrl,
    page: pages.page,
    words: (code, locale) => sentence(core, `conversation.socket_${code}`, locale),
    voice: voices.pathOf,
    sound: voices.framesOf,
    hooks: speakerHooks(core, live.hooks),
    medium: voices.medium,
    recogniser: ears?.recogniser,
    rates: core.speechRates,
    refusalWords: ({ phrase }, locale) => sentence(core, phrase, locale),
  });
  await app.register(voices.routes);
  await app.register(api, { longestDelayMs, prefix: '/api', ...apiParts(core, config, voices), live: live.desks });
  await app.register(pages.register);
  return app;
}

/** What waits for a home is announced when its speaker comes; what the speaker says of a notice is kept. */
function speakerHooks({ services: { notices } }: Core, calls: Live['hooks']): SpeakerHooks {
  return {
    ...calls,
    connected: async (identity, caps) => [
      ...(await calls.connected(identity, caps)),
      ...(await notices.waitingAt(identity.deviceId)),
    ],
    acknowledged: notices.acknowledged,
  };
}
/** One word for both: what hears, and where nothing does, what speaks. */
const speechProfile = (voices: Voices, ears?: Ears): string =>
  ears && ears.profile !== 'none' ? ears.profile : voices.profile;

/** Brand → whether its route is open. */
export const openBrands = ({ alexa, dueros, aligenie, xiaoai }: Config): Record<string, boolean> => ({
  speaker: true,
  alexa: alexa !== undefined,
  dueros: dueros !== undefined,
  aligenie: aligenie !== undefined,
  xiaoai: xiaoai !== undefined,
});

async function registerBrands(app: FastifyInstance, core: Core, config: Config): Promise<void> {
  const certificates = createCertificates({
    clock: systemClock,
    directory: config.platformCertsDir,
    cacheDirectory: join(config.dataDir, 'certificates'),
    extraRoots: config.extraCaCerts && readFileSync(config.extraCaCerts, 'utf8'),
  });
  const clock = systemClock; // signatures know the real time only
  const linked = (brand: string) => config.linkClients.some((client) => client.brand === brand);
  await app.register(alexa, {
    ...brandOptions(core, 'en-US'),
    skillId: config.alexa?.skillId,
    linking: linked('alexa'),
    reminders: config.alexa && {
      apiUrl: config.alexa.apiUrl,
      once: async (key) => (await core.rates.hit(key, ONCE_A_DAY)).allowed,
    },
    certificates,
    clock,
  });
  await app.register(dueros, {
    ...brandOptions(core, 'zh-CN'),
    skillId: config.dueros?.skillId,
    linking: linked('dueros'),
    takes: consoleTakes(),
    certificates,
    clock,
  });
  await app.register(aligenie, { ...brandOptions(core, 'zh-CN'), ...config.aligenie });
  await app.register(xiaoai, { ...brandOptions(core, 'zh-CN'), ...config.xiaoai, publicUrl: config.publicUrl, clock });
}

const ONCE_A_DAY = { limit: 1, windowSeconds: 86_400 };
const QUARTER_SECONDS = 900;

function linkingOptions({ services, browserTickets, rates }: Core, { linkClients }: Config): LinkingOptions {
  return {
    clients: linkClients,
    linking: services.linking,
    prove: services.staff.prove,
    tickets: browserTickets,
    allow: async (key, limit) => (await rates.hit(key, { limit, windowSeconds: QUARTER_SECONDS })).allowed,
  };
}

/** A device that speaks more than three hundred times a minute is a fault, not a resident. */
const PER_DEVICE = { limit: 300, windowSeconds: 60 };

function brandOptions(core: Core, locale: Locale): BrandOptions {
  return {
    turn: core.turn,
    fallback: spoken(core, 'conversation.failed', locale),
    busy: spoken(core, 'conversation.busy', locale),
    allow: async (key) => (await core.rates.hit(`turn:${key}`, PER_DEVICE)).allowed,
    seen: core.metrics.request,
  };
}

function spoken(core: Core, phrase: string, locale: Locale): Reply {
  const said = {
    brand: 'speaker',
    device: '',
    requestId: '',
    kind: 'words',
    locale,
    medium: 'plain',
    newSession: false,
  } as const;
  return compose(core.speech, said, [{ phrase }], { listen: true });
}

const sentence = (core: Core, phrase: string, locale: Locale) =>
  core.speech.render([{ phrase }], { locale, pace: DEFAULT_PACE }, 'plain').text;

function apiParts(
  { browserTickets, ...core }: Core,
  { sampleData, publicUrl, carrier }: Config,
  voices: Voices,
): ApiOptions {
  const words = readWords();
  return {
    ...core,
    tickets: browserTickets,
    sampleData,
    publicUrl,
    spoken: createSpokenWords(core, voices),
    words,
    printed: createPrintedMonth(words),
    carrier: carrier && createCarrier(carrier),
  };
}
