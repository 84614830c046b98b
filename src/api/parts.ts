/** What the interface is made of: handed in by name, nothing is looked up. */
import type { FastifyPluginAsync } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Carrier } from '../connectors/carrier.ts';
import type { Services } from '../services/index.ts';
import type { Speech } from '../speech/speech.ts';
import type { Database } from '../store/database.ts';
import type { Fields } from '../store/fields.ts';
import type { Secrets } from '../store/keys.ts';
import type { Presence } from '../store/presence.ts';
import type { Rates } from '../store/rates.ts';
import type { RedisClient } from '../store/redis.ts';
import type { Tickets } from '../store/tickets.ts';
import type { Figures } from './oversight.ts';
import type { Words } from './words.ts';

/** The services behind the changes, as far as the interface uses them. */
export type ApiServices = Pick<
  Services,
  | 'staff'
  | 'oversight'
  | 'dataRights'
  | 'near'
  | 'residentStates'
  | 'specialList'
  | 'policyDesk'
  | 'guideDesk'
  | 'policyControl'
  | 'policyAudience'
  | 'fanOut'
  | 'reveal'
  | 'homes'
  | 'bookings'
  | 'cases'
  | 'callbacks'
  | 'visits'
  | 'tickets'
  | 'helping'
  | 'residentRegister'
  | 'callFigures'
  | 'fleet'
  | 'fleetHealth'
  | 'messages'
  | 'speakerImport'
  | 'speakerSettings'
  | 'firmware'
  | 'apiKeys'
  | 'webhookEndpoints'
  | 'installations'
  | 'householdRegister'
>;

export interface ToldElement {
  element: string;
  text: string;
}

/** Words as residents hear them: for whoever writes what is told. Nothing of it is sent. */
export interface SpokenWords {
  /** A phrase with its values as plain text; empty where there is no such phrase. */
  sentence(say: { phrase: string; values: Record<string, string | number> }): string;
  /** A guide element by element, in the order in which she may ask for them. */
  guide(elements: Record<string, unknown>): ToldElement[];
  policy(text: {
    title: string;
    gist: string;
    body: string;
    source: string;
    reason: { phrase: string; values: Record<string, string | number> };
  }): ToldElement[];
  /** What she would stumble over. */
  lint(text: string): { level: string; kind: string; about: string; instead: string }[];
  /** A path to the sound; undefined where there is no voice. */
  listen(text: string): Promise<string | undefined>;
}

/** What is handed in. */
export interface ApiOptions {
  services: ApiServices;
  database: Database;
  redis: RedisClient;
  clock: Clock;
  /** Read from locales/ unless given. */
  words?: Words;
  fields: Pick<Fields, 'open' | 'index'>;
  /** Without it there is no paper: no font for it. */
  printed?: { month(figures: Figures): Promise<Buffer | undefined> };
  /** The voices that a resident may be spoken to with, by language. */
  speech: Pick<Speech, 'voices'>;
  /** Without it previews are silent. */
  spoken?: SpokenWords;
  presence: Pick<Presence, 'where'>;
  /** One-use tickets of the browser speaker: src/store/tickets.ts. */
  tickets: Pick<Tickets, 'issue'>;
  rates: Rates;
  /** Cookies are signed with the current key, all are accepted. */
  secrets: Pick<Secrets, 'secretKeys'>;
  /** Whether the sample community is loaded: only then are there speakers for anybody to try. */
  sampleData: boolean;
  /** Above this delay of the event loop consoles are told to come back (503); 1000 ms unless given. */
  longestDelayMs?: number;
  /** PUBLIC_URL, for addresses on labels; without it the one that the request came to. */
  publicUrl?: string;
  /** A carrier of two-way calls; without one there is no route to ask it. */
  carrier?: Carrier;
  /** Further routes within /api that want the signed-in person: the clerk's live socket. */
  live?: FastifyPluginAsync;
}

/** The same with everything in place. */
export interface ApiParts extends ApiOptions {
  words: Words;
}
